import { isJsonObject, type Json, type JsonObject, type JsonPath } from '../model/json.ts';

/** A schema inside a schema: the root itself, a property's, an item's … */
export interface SchemaPart {
  readonly schema: JsonObject;
  readonly path: JsonPath;
}

type Holds = 'schema' | 'schemas' | 'map' | 'data';

/** The keywords of JSON Schema draft 7, and where further schemas stand in them. Source: json-schema.org/draft-07/schema. */
const KEYWORDS: ReadonlyMap<string, Holds> = new Map<string, Holds>([
  ...['$ref', '$comment', '$schema', '$id', 'title', 'description', 'default', 'examples', 'readOnly', 'writeOnly'].map(data),
  ...['type', 'enum', 'const', 'format', 'contentEncoding', 'contentMediaType', 'required'].map(data),
  ...['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum', 'maxLength', 'minLength', 'pattern'].map(data),
  ...['maxItems', 'minItems', 'uniqueItems', 'maxProperties', 'minProperties'].map(data),
  ...['additionalItems', 'additionalProperties', 'contains', 'propertyNames', 'not', 'if', 'then', 'else'].map(
    (key) => [key, 'schema'] as const,
  ),
  ...['allOf', 'anyOf', 'oneOf'].map((key) => [key, 'schemas'] as const),
  ['items', 'schemas'],
  ...['properties', 'patternProperties', 'definitions', 'dependencies'].map((key) => [key, 'map'] as const),
]);

function data(key: string): readonly [string, Holds] {
  return [key, 'data'];
}

export const schemaKeywords: readonly string[] = [...KEYWORDS.keys()];

export function isSchemaKeyword(key: string): boolean {
  return KEYWORDS.has(key);
}

/** A schema and all schemas in it, outermost first. */
export function schemaParts(schema: Json | undefined, path: JsonPath = []): readonly SchemaPart[] {
  if (!isJsonObject(schema)) return [];
  const parts: SchemaPart[] = [{ schema, path }];
  for (const [key, value] of Object.entries(schema)) {
    for (const [at, inner] of innerSchemas(key, value)) parts.push(...schemaParts(inner, [...path, ...at]));
  }
  return parts;
}

function innerSchemas(key: string, value: Json): readonly (readonly [JsonPath, Json])[] {
  const holds = KEYWORDS.get(key);
  if (holds === 'schema') return [[[key], value]];
  if (holds === 'schemas' && Array.isArray(value)) return value.map((item: Json, index) => [[key, index], item] as const);
  if (holds === 'schemas') return [[[key], value]];
  return holds === 'map' && isJsonObject(value) ? Object.entries(value).map(([name, inner]) => [[key, name], inner] as const) : [];
}
