import type { SchemaFile } from '../../../generator/02-validate/kinds.ts';
import { schemas } from '../../../generator/02-validate/schemas.generated.ts';
import { isJsonObject, type Json, type JsonObject, type JsonPath } from '../../../generator/model/json.ts';

/** Paths of all fields that a schema knows, those in lists (as item 0) and in maps (as key `some`) included. What contains itself is entered once. */
export function fieldsOf(file: SchemaFile): readonly JsonPath[] {
  return walk({ $ref: file }, { file, path: [], within: [] });
}

interface At {
  readonly file: string;
  readonly path: JsonPath;
  readonly within: readonly string[];
}

function walk(schema: Json | undefined, at: At): readonly JsonPath[] {
  if (!isJsonObject(schema)) return [];
  const { $ref: ref, properties, items, additionalProperties: others } = schema;
  const referred = typeof ref === 'string' && !at.within.includes(absolute(ref, at.file)) ? follow(ref, at) : [];
  const members = isJsonObject(properties) ? Object.entries(properties).flatMap(([name, member]) => field(name, member, at)) : [];
  const unions = ['allOf', 'anyOf', 'oneOf', 'then'].flatMap((key) => [schema[key] ?? []].flat().flatMap((one) => walk(one, at)));
  return unique([
    ...referred,
    ...members,
    ...(isJsonObject(items) ? field(0, items, at) : []),
    ...(isJsonObject(others) ? field('some', others, at) : []),
    ...unions,
  ]);
}

function field(step: string | number, schema: Json, at: At): readonly JsonPath[] {
  const path = [...at.path, step];
  return [path, ...walk(schema, { ...at, path })];
}

function follow(ref: string, at: At): readonly JsonPath[] {
  const whole = absolute(ref, at.file);
  const [file = '', pointer = ''] = whole.split('#');
  const steps = pointer.split('/').filter((step) => step !== '');
  const found = steps.reduce<Json | undefined>((part, step) => (isJsonObject(part) ? part[step] : undefined), schemas[file] as JsonObject);
  if (!found) throw new Error(`A schema refers to nothing: ${whole}`);
  return walk(found, { file, path: at.path, within: [...at.within, whole] });
}

function absolute(ref: string, file: string): string {
  return ref.startsWith('#') ? `${file}${ref}` : ref;
}

function unique(paths: readonly JsonPath[]): readonly JsonPath[] {
  return [...new Map(paths.map((path) => [path.join('/'), path])).values()];
}
