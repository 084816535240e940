import type { ErrorObject } from 'ajv';
import { diagnose } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { fromPointer, showPath, valueAt } from '../lib/json-path.ts';
import type { Template } from '../model/api.generated.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { counted, judge } from '../lib/reference-budget.ts';
import { createValuesValidator, inexact } from '../lib/values-validator.ts';
import { isJsonObject, type Json, type JsonObject, type JsonPath } from '../model/json.ts';
import type { Located } from '../model/source.ts';
import { describe, quote } from '../lib/describe.ts';
import { breachOf } from './schema-breaches.ts';
import { isSchemaKeyword, schemaKeywords, type SchemaPart, schemaParts } from './schema-parts.ts';

const ajv = createValuesValidator();

/** A template's schema of its values: it must be JSON Schema of draft 7, know all its keywords, stay within itself, and take its own defaults. */
export function checkValuesSchema(template: string, { value, at }: Located<Template>): readonly Diagnostic[] {
  const schema = value.spec.values as JsonObject | undefined;
  if (schema === undefined) return [];
  const reach = { kind: 'template', template } as const;
  const bad = ({ path, reason }: Complaint): Diagnostic =>
    diagnose('bad-values-schema', { template, reason }, { source: at(['spec', 'values', ...path]), reach });
  const parts = schemaParts(schema);
  const unknown = parts.flatMap(({ schema: part, path }) =>
    unknownKeywords(part).map((key) => {
      const source = at(['spec', 'values', ...path, key], 'key');
      const args = { template, keyword: quote(key), near: nearestName(key, schemaKeywords) };
      return diagnose('unknown-schema-keyword', args, { source, reach });
    }),
  );
  const complaints = [...unavailable(parts, schema), ...misshapen(schema)];
  if (complaints.length > 0) return [...unknown, ...complaints.map(bad)];
  const defaults = checkDefaults(schema, parts);
  if ('reason' in defaults) return [...unknown, bad(defaults)];
  const wrong = defaults.wrong.map(({ path, name, reason }) => {
    const source = at(['spec', 'values', ...path, 'default']);
    return diagnose('bad-default', { template, value: name, reason }, { source, reach });
  });
  return [...unknown, ...wrong];
}

interface Complaint {
  readonly path: JsonPath;
  readonly reason: string;
}

function unknownKeywords(schema: JsonObject): readonly string[] {
  return Object.keys(schema).filter((key) => !isSchemaKeyword(key) && !key.startsWith('x-'));
}

/** What would lead out of the schema, or say nothing. */
function unavailable(parts: readonly SchemaPart[], root: JsonObject): readonly Complaint[] {
  return parts.flatMap(({ schema, path }): readonly Complaint[] => {
    const { $ref: reference, $id: id, $schema: dialect, format } = schema;
    const found: Complaint[] = [];
    if (typeof reference === 'string' && !reference.startsWith('#')) {
      found.push({ path: [...path, '$ref'], reason: `reference ${quote(reference)} leaves the schema` });
    }
    if (typeof reference === 'string' && reference.startsWith('#/') && valueAt(root, fromPointer(reference.slice(1), root)) === undefined) {
      found.push({ path: [...path, '$ref'], reason: `reference ${quote(reference)} leads nowhere` });
    }
    if (id !== undefined) found.push({ path: [...path, '$id'], reason: '"$id" is not available here' });
    if (typeof dialect === 'string' && !/^https?:\/\/json-schema\.org\/draft-07\/schema#?$/.test(dialect)) {
      found.push({ path: [...path, '$schema'], reason: `dialect ${quote(dialect)} is not draft 7` });
    }
    if (typeof format === 'string' && !Object.hasOwn(ajv.formats, format)) {
      found.push({ path: [...path, 'format'], reason: `format ${quote(format)} is unknown` });
    }
    return found;
  });
}

/** What draft 7 itself has against the schema: the one complaint that lies deepest, because unions complain for all their members. */
function misshapen(schema: JsonObject): readonly Complaint[] {
  const { type } = schema;
  if (type !== undefined && type !== 'object') return [{ path: ['type'], reason: `it must describe an object, not ${describe(type)}` }];
  if (ajv.validateSchema(inexact(schema) as JsonObject) === true) return [];
  const [deepest] = [...(ajv.errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length || rank(a) - rank(b));
  if (!deepest) return [];
  const path = fromPointer(deepest.instancePath, schema);
  return [
    { path, reason: `${path.length === 0 ? 'it' : `"${showPath(path)}"`} is ${describe(valueAt(schema, path))}: ${reasonOf(deepest)}` },
  ];
}

function rank({ keyword }: ErrorObject): number {
  return keyword === 'enum' ? 0 : keyword === 'anyOf' ? 2 : 1;
}

function reasonOf(error: ErrorObject): string {
  if (error.keyword === 'enum') {
    const { rule, near } = breachOf(error);
    return near === undefined ? rule : `did you mean "${near}"?`;
  }
  return error.message ?? 'it is not valid';
}

interface BadDefault extends Complaint {
  readonly name: string;
}

// No property can have this name: YAML refuses the character.
const DEFAULTS = '\u0000defaults';

/** All defaults are checked at once, as members of one more property, so that local references lead where they did. */
function checkDefaults(schema: JsonObject, parts: readonly SchemaPart[]): { readonly wrong: readonly BadDefault[] } | Complaint {
  const withDefault = parts.filter((part) => Object.hasOwn(part.schema, 'default'));
  const own = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const gathered = Object.fromEntries(withDefault.map((part, index) => [index.toString(), part.schema]));
  const properties = { ...own, [DEFAULTS]: { type: 'object', properties: gathered } };
  const probe = counted(inexact({ ...schema, properties })) as JsonObject;
  const data = { [DEFAULTS]: Object.fromEntries(withDefault.map((part, index) => [index.toString(), part.schema['default'] ?? null])) };
  try {
    const validate = ajv.compile(probe);
    // ajv's own memo would keep every schema of a long watch.
    ajv.removeSchema(probe);
    judge(validate, inexact(data));
    return { wrong: breachesOf(validate.errors ?? [], withDefault) };
  } catch (error) {
    return { path: [], reason: error instanceof Error ? error.message : String(error) };
  }
}

function breachesOf(errors: readonly ErrorObject[], withDefault: readonly SchemaPart[]): readonly BadDefault[] {
  const found = new Map<number, BadDefault>();
  for (const error of errors) {
    const [, root, position] = error.instancePath.split('/');
    const index = Number(position);
    const part = withDefault[index];
    // What a default object lacks may come from the defaults of its own properties.
    if (root !== DEFAULTS || !part || found.has(index) || error.keyword === 'required') continue;
    const name = showPath(part.path.filter((_, at) => part.path[at - 1] === 'properties'));
    found.set(index, { path: part.path, name, reason: `${breachOf(error).rule}, found ${describe(error.data as Json)}` });
  }
  return [...found.values()];
}
