import type { ErrorObject } from 'ajv';
import { nearestName } from '../lib/did-you-mean.ts';
import { fromPointer, valueAt } from '../lib/json-path.ts';
import { isJsonObject, type Json, type JsonObject, type JsonPath } from '../model/json.ts';

/** One thing that is wrong with an app's values. */
export type Mistake =
  | { readonly kind: 'bad'; readonly path: JsonPath; readonly reason: string; readonly help?: string }
  | { readonly kind: 'missing'; readonly path: JsonPath; readonly help?: string }
  | { readonly kind: 'unknown'; readonly path: JsonPath; readonly near?: string; readonly known: readonly string[] };

/** The validator's errors in our words, each mistake once. */
export function mistakesOf(errors: readonly ErrorObject[], values: JsonObject): readonly Mistake[] {
  const mistakes = errors.filter((error) => !isBranch(error, errors)).map((error) => mistakeOf(error, values));
  return [...new Map(mistakes.map((mistake) => [JSON.stringify(mistake), mistake])).values()];
}

/** What failed inside an `anyOf`, `oneOf`, `if` or `propertyNames` is told by that one: its branches need not hold. */
function isBranch(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return errors.some((other) => {
    if (other === error) return false;
    if (other.keyword === 'propertyNames') return error.propertyName !== undefined && error.propertyName === other.params['propertyName'];
    if (!['anyOf', 'oneOf', 'if'].includes(other.keyword)) return false;
    return branchRoots(other).some((root) => error.schemaPath.startsWith(`${root}/`)) && error.instancePath.startsWith(other.instancePath);
  });
}

/** Where the schemas of the branches stand: under the keyword, or where they refer to. An `if` fails with its `then` or `else` beside it. */
function branchRoots({ keyword, schemaPath, schema }: ErrorObject): readonly string[] {
  if (keyword === 'if') return ['then', 'else'].map((branch) => schemaPath.replace(/if$/, branch));
  const branches = Array.isArray(schema) ? (schema as readonly { readonly $ref?: unknown }[]) : [];
  return [schemaPath, ...branches.flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))];
}

function mistakeOf(error: ErrorObject, values: JsonObject): Mistake {
  const parent = fromPointer(error.instancePath, values);
  const params = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === 'required') {
    const key = String(params['missingProperty']);
    return { kind: 'missing', path: [...parent, key], ...helpOf(propertySchema(error, key)) };
  }
  if (error.keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const known = Object.keys(propertiesOf(error));
    const near = nearestName(key, known);
    return { kind: 'unknown', path: [...parent, key], known, ...(near !== undefined && { near }) };
  }
  const value = valueAt(values, parent);
  return { kind: 'bad', path: parent, reason: `${rule(error)}, is ${show(value)}`, ...helpOf(error.parentSchema) };
}

function rule({ keyword, params, message }: ErrorObject): string {
  const given = params as Readonly<Record<string, unknown>>;
  if (keyword === 'enum' && Array.isArray(given['allowedValues']))
    return `must be one of ${given['allowedValues'].map((value) => show(value as Json)).join(', ')}`;
  if (keyword === 'const') return `must be ${show(given['allowedValue'] as Json)}`;
  if (keyword === 'type') return `must be ${Array.isArray(given['type']) ? given['type'].join(' or ') : String(given['type'])}`;
  if (keyword === 'propertyNames') return `must not have a member named "${String(given['propertyName'])}"`;
  return message ?? 'does not fit the schema';
}

function propertiesOf(error: ErrorObject): Readonly<Record<string, unknown>> {
  const properties = (error.parentSchema as { readonly properties?: unknown } | undefined)?.properties;
  return typeof properties === 'object' && properties !== null ? (properties as Readonly<Record<string, unknown>>) : {};
}

function propertySchema(error: ErrorObject, key: string): unknown {
  const properties = propertiesOf(error);
  return Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function helpOf(schema: unknown): { readonly help?: string } {
  const description = isJsonObject(schema as Json | undefined) ? (schema as JsonObject)['description'] : undefined;
  return typeof description === 'string' ? { help: description.trim().replace(/\s+/g, ' ').replace(/\.$/, '') } : {};
}

const SHOWN = 60;

function show(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isJsonObject(value)) return 'an object';
  const text = typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
