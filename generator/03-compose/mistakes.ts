import type { ErrorObject } from 'ajv';
import { describe, describeTypes } from '../lib/describe.ts';
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
  return { kind: 'bad', path: parent, reason: `${rule(error)}, found ${describe(value)}`, ...helpOf(error.parentSchema) };
}

/** What was expected. */
function rule({ keyword, params, message }: ErrorObject): string {
  const given = params as Readonly<Record<string, unknown>>;
  const limit = String(given['limit']);
  switch (keyword) {
    case 'type':
      return `expected ${describeTypes([given['type'] as string | readonly string[]].flat())}`;
    case 'enum':
      return `expected one of ${(given['allowedValues'] as readonly Json[]).map(show).join(', ')}`;
    case 'const':
      return `expected ${show(given['allowedValue'] as Json)}`;
    case 'minimum':
      return `expected ${limit} or more`;
    case 'maximum':
      return `expected ${limit} or less`;
    case 'pattern':
      return `expected a text that matches ${String(given['pattern'])}`;
    case 'format':
      return `expected the format "${String(given['format'])}"`;
    case 'anyOf':
    case 'oneOf':
      return `expected one of the forms that the schema offers`;
    case 'propertyNames':
      return `expected no member named ${show(String(given['propertyName']))}`;
    default:
      return message ?? 'it does not fit the schema';
  }
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

function show(value: Json): string {
  if (typeof value === 'object' && value !== null) return describe(value);
  const text = typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
