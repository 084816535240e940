import type { ErrorObject } from 'ajv';
import { diagnose } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { fromPointer, showPath, valueAt } from '../lib/json-path.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { IntentDocument } from '../model/intents.ts';
import { isJsonObject, type Json, type JsonPath } from '../model/json.ts';
import { describe, describeTypes, quote } from '../lib/describe.ts';
import { asDuration, breachOf, DURATION_PATTERN, NAME_PATTERN } from './schema-breaches.ts';

export interface Subject {
  readonly document: IntentDocument;
  readonly reachOf: (path: JsonPath) => Reach;
  /** The whole document's reach. */
  readonly reach: Reach;
}

const MOST = 100;

/** What a schema has against a document, as findings at the places where the mistakes stand; a mistake is told once. */
export function schemaFindings(errors: readonly ErrorObject[], subject: Subject): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  // Cut before places are looked up: a hostile document may have a million mistakes.
  const misspelt = misspeltKeys(errors);
  for (const error of errors.slice(0, MOST)) {
    if (error.keyword === 'required' && misspelt.has(`${error.instancePath} ${missingKey(error)}`)) continue;
    const diagnostic = toFinding(error, { errors, subject });
    const { line = 0, column = 0 } = diagnostic.source ?? {};
    const key = `${line} ${column} ${diagnostic.code} ${diagnostic.code === 'missing-field' ? diagnostic.message : ''}`;
    if (!found.has(key)) found.set(key, diagnostic);
  }
  if (errors.length <= MOST) return [...found.values()];
  const { document, reach } = subject;
  return [...found.values(), diagnose('more-mistakes', { count: errors.length - MOST }, { source: document.at([]), reach })];
}

interface Circumstances {
  readonly errors: readonly ErrorObject[];
  readonly subject: Subject;
}

function toFinding(error: ErrorObject, { errors, subject }: Circumstances): Diagnostic {
  const { document, reachOf } = subject;
  const path = fromPointer(error.instancePath, document.value);
  const reach = reachOf(path);
  const field = showPath(path);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownField(String(error.params['additionalProperty']), { error, path, subject });
    case 'required':
      return missingField(error, { path, errors, subject });
    case 'type':
      return diagnose('wrong-type', { field, ...mistyped(error, valueAt(document.value, path)) }, { source: document.at(path), reach });
    case 'propertyNames': {
      const key = String(error.params['propertyName']);
      const source = document.at([...path, key], 'key');
      return diagnose(
        'invalid-field',
        { field, value: `key ${quote(key)}`, rule: breachOf(error).rule },
        { source, reach: reachOf([...path, key]) },
      );
    }
    default:
      return invalid(error, { path, subject });
  }
}

interface ErrorPlace {
  readonly error: ErrorObject;
  readonly path: JsonPath;
  readonly subject: Subject;
}

function unknownField(key: string, { error, path, subject: { document, reachOf } }: ErrorPlace): Diagnostic {
  const properties: unknown = error.parentSchema?.['properties'];
  const known = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  const near = nearestName(key, known);
  const at = [...path, key];
  return diagnose(
    'unknown-field',
    { key: quote(key), field: showPath(path), near, known },
    { source: document.at(at, 'key'), reach: reachOf(at) },
  );
}

function missingField(
  error: ErrorObject,
  { path, errors, subject: { document, reachOf } }: { readonly path: JsonPath } & Circumstances,
): Diagnostic {
  const where = { source: document.at(path, typeof path.at(-1) === 'string' ? 'key' : 'value'), reach: reachOf(path) };
  const field = showPath(path);
  if (error.instancePath.endsWith('/gitOps')) {
    const misspelt = misspeltKeys(errors);
    const missing = errors.filter(
      (other) =>
        other.keyword === 'required' &&
        other.instancePath === error.instancePath &&
        !misspelt.has(`${other.instancePath} ${missingKey(other)}`),
    );
    return diagnose('incomplete-gitops', { missing: missing.map(missingKey) }, where);
  }
  const key = missingKey(error);
  return diagnose('missing-field', { key, field, help: helpFor(key, error.parentSchema as Json | undefined) }, where);
}

/** Missing keys that are there under a misspelt name, which is told: `<path> <key>`. */
function misspeltKeys(errors: readonly ErrorObject[]): ReadonlySet<string> {
  const unknown = new Map<string, string[]>();
  for (const { keyword, instancePath, params } of errors.slice(0, MOST)) {
    if (keyword !== 'additionalProperties') continue;
    unknown.set(instancePath, [...(unknown.get(instancePath) ?? []), String(params['additionalProperty'])]);
  }
  const missing = errors.filter(({ keyword }) => keyword === 'required').slice(0, MOST);
  return new Set(
    missing
      .filter((error) => unknown.get(error.instancePath)?.some((key) => nearestName(key, [missingKey(error)]) !== undefined) === true)
      .map((error) => `${error.instancePath} ${missingKey(error)}`),
  );
}

function missingKey(error: ErrorObject): string {
  return String(error.params['missingProperty']);
}

/** The first sentence of what the schema says about a property. */
function helpFor(key: string, schema: Json | undefined): string | undefined {
  const text = valueAt(schema ?? null, ['properties', key, 'description']);
  return typeof text === 'string' ? text.replace(/\.$/, '').split('. ')[0] : undefined;
}

interface Mistyped {
  readonly expected: string;
  readonly found: string;
  readonly mend: 'quote' | 'unquote' | 'none';
  /** What to write, where that is known. */
  readonly instead?: string | undefined;
}

function mistyped(error: ErrorObject, value: Json | undefined): Mistyped {
  const wanted: unknown = error.params['type'];
  const types = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
  const isPlain = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
  const isQuoted = typeof value === 'string' && types.some((type) => isReadAs(value, type));
  const mend = isPlain && types.includes('string') ? 'quote' : isQuoted ? 'unquote' : 'none';
  const schema = error.parentSchema as Json | undefined;
  if (isPlain && typeof value !== 'boolean' && isJsonObject(schema) && schema['pattern'] === DURATION_PATTERN)
    return { expected: 'a duration with its unit', found: describe(value), mend, instead: asDuration(value.toString()) };
  return { expected: describeTypes(types), found: describe(value), mend };
}

function isReadAs(text: string, type: string): boolean {
  if (type === 'boolean') return text === 'true' || text === 'false';
  return type === 'integer' ? /^-?[0-9]{1,15}$/.test(text) : type === 'number' && /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(text);
}

function invalid(error: ErrorObject, { path, subject: { document, reachOf } }: Omit<ErrorPlace, 'error'>): Diagnostic {
  const value = valueAt(document.value, path);
  const where = { source: document.at(path), reach: reachOf(path) };
  const field = showPath(path);
  const schema = error.parentSchema as Json | undefined;
  if (typeof value === 'string' && isJsonObject(schema) && schema['pattern'] === NAME_PATTERN) {
    const longest = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : 63;
    const near = asName(value, longest);
    return diagnose('bad-name', { field, value: quote(value), longest, near: near === value ? undefined : near }, where);
  }
  return diagnose('invalid-field', { field, value: describe(value), ...breachOf(error) }, where);
}

/** The name that a text would be, `undefined` if nothing of it could stay. */
function asName(text: string, longest: number): string | undefined {
  const name = text
    .slice(0, 4 * longest)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, longest)
    .replace(/-$/, '');
  return name === '' ? undefined : name;
}
