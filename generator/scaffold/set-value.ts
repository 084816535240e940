import { parseYaml } from '../lib/yaml/parse.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

interface Setting {
  readonly path: readonly string[];
  readonly text: string;
  /** The schema of all values: it decides whether `3` is a number. */
  readonly schema: Json | undefined;
}

/** Values with one more, as text from a person. What the schema wants to be a string stays one. */
export function setValue(values: JsonObject, { path, text, schema }: Setting): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return values;
  const property = propertyOf(schema, key);
  const old = Object.hasOwn(values, key) ? values[key] : undefined;
  const value = rest.length === 0 ? read(text, property) : setValue(isJsonObject(old) ? old : {}, { path: rest, text, schema: property });
  return { ...values, [key]: value };
}

function propertyOf(schema: Json | undefined, key: string): Json | undefined {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  return isJsonObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function read(text: string, schema: Json | undefined): Json {
  const type = isJsonObject(schema) ? schema['type'] : undefined;
  if (type === 'string') return text;
  const { documents, problems } = parseYaml(text);
  const value = documents[0]?.value;
  return problems.length > 0 || documents.length !== 1 || value === undefined ? text : value;
}
