import type { ErrorObject } from 'ajv';
import { nearestName } from '../lib/did-you-mean.ts';
import { valueAt } from '../lib/json-path.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { describeTypes } from '../lib/describe.ts';
import { schemas } from './schemas.generated.ts';

/** A Git address, as sync-object.schema.json has it. */
const URL_PATTERN = String.raw`^(http|https|ssh)://[^\s?#{}]+$`;

const common = schemas['common.schema.json'] as Json;

/** What durations must look like. */
export const DURATION_PATTERN = valueAt(common, ['definitions', 'duration', 'pattern']);

/** What names must look like. */
export const NAME_PATTERN = valueAt(common, ['definitions', 'dnsLabel', 'pattern']);

/** Sentences for patterns whose schema describes the field rather than its form. */
const FORMS: readonly (readonly [Json | undefined, string])[] = [
  [
    valueAt(common, ['definitions', 'labels', 'propertyNames', 'pattern']),
    'a label\'s key has letters, digits, "-", "_" and ".", at most 63 characters, and may have a DNS name and "/" before it',
  ],
  [
    valueAt(common, ['definitions', 'labels', 'additionalProperties', 'pattern']),
    'a label\'s value has letters, digits, "-", "_" and ".", starts and ends with a letter or digit, and is at most 63 characters long',
  ],
  [valueAt(common, ['definitions', 'contextId', 'pattern']), 'a context id has 1 to 19 digits'],
  ['^[A-Za-z][A-Za-z0-9_]*$', 'a variable\'s name has letters, digits and "_", and starts with a letter'],
  ['^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$', 'it has letters, digits, "-", "_" and ".", and starts and ends with a letter or digit'],
  ['^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$', 'a name has lower-case letters, digits, "-" and ".", and starts and ends with a letter or digit'],
  [
    valueAt(schemas['sync-object.schema.json'] as Json, ['properties', 'spec', 'properties', 'git', 'properties', 'branch', 'pattern']),
    'it is no name that Git takes for a branch',
  ],
  [URL_PATTERN, 'an address begins with "https://", "http://" or "ssh://", and has no query and no braces'],
  [
    chartPattern('variables', 'propertyNames'),
    "it is no path of a chart's value: keys with dots between, such as ingress.host; lists have none, give them whole in values",
  ],
  [chartPattern('repository'), 'it begins with https:// or oci://, and has no user, query or fragment'],
  [chartPattern('version'), 'it is one exact version, such as 6.9.1'],
  [chartPattern('digest'), 'a digest is "sha256:" and 64 hexadecimal digits'],
];

function chartPattern(...path: readonly string[]): Json | undefined {
  return valueAt(schemas['deployment-intent.schema.json'] as Json, ['definitions', 'chart', 'properties', ...path, 'pattern']);
}

export interface Breach {
  readonly rule: string;
  readonly near?: string;
}

/** Which rule a value breaks, in words. */
export function breachOf({ keyword, params, parentSchema, data }: ErrorObject): Breach {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'enum':
      return choice(params['allowedValues'] as readonly unknown[], data);
    case 'const':
      return { rule: `expected ${JSON.stringify(params['allowedValue'])}` };
    case 'minLength':
      return { rule: limit === '1' ? 'it is empty' : `it needs ${limit} characters or more` };
    case 'maxLength':
      return { rule: `it has more than ${limit} characters` };
    case 'minItems':
      return { rule: `it needs ${plural(limit, 'item')} or more` };
    case 'minProperties':
      return { rule: `it needs ${plural(limit, 'field')} or more${fieldsOf(parentSchema)}` };
    case 'minimum':
      return { rule: `it is less than ${limit}` };
    case 'maximum':
      return { rule: `it is more than ${limit}` };
    case 'pattern':
    case 'propertyNames': {
      const near = nearForm(parentSchema, data);
      return { rule: formOf(parentSchema), ...(near !== undefined && { near }) };
    }
    case 'type':
      return { rule: `expected ${describeTypes([params['type'] as string | readonly string[]].flat())}` };
    default:
      return { rule: `it breaks the schema's "${keyword}"` };
  }
}

/** The fields that there are, where they are few. */
function fieldsOf(schema: Json | undefined): string {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  const names = isJsonObject(properties) ? Object.keys(properties) : [];
  return names.length === 0 || names.length > 6 ? '' : ` of ${names.join(', ')}`;
}

function plural(count: string, noun: string): string {
  return count === '1' ? `one ${noun}` : `${count} ${noun}s`;
}

function choice(allowed: readonly unknown[], found: unknown): Breach {
  const names = allowed.map(String);
  const near = typeof found === 'string' ? nearestName(found, names) : undefined;
  const rule = `expected ${names.length === 1 ? '' : 'one of '}${names.map((name) => `"${name}"`).join(', ')}`;
  return near === undefined ? { rule } : { rule, near };
}

function formOf(schema: Json | undefined): string {
  const own = isJsonObject(schema) ? schema : {};
  const pattern = own['pattern'] ?? valueAt(own, ['propertyNames', 'pattern']);
  const known = FORMS.find(([form]) => form !== undefined && form === pattern)?.[1];
  if (known !== undefined) return known;
  const description = own['description'];
  if (typeof description === 'string') return `expected ${asExpectation(description)}`;
  return typeof pattern === 'string' ? `it does not match ${pattern}` : 'it is not of the required form';
}

/** A description's first sentence, as the rest of "expected …". */
function asExpectation(description: string): string {
  const [sentence = ''] = description.replace(/\.$/, '').split('. ');
  return (sentence.charAt(0).toLowerCase() + sentence.slice(1)).replaceAll('`', '"');
}

/** What was most likely meant. */
function nearForm(schema: Json | undefined, found: unknown): string | undefined {
  if (!isJsonObject(schema) || typeof found !== 'string') return undefined;
  if (schema['pattern'] === DURATION_PATTERN) return asDuration(found);
  return schema['pattern'] === URL_PATTERN ? asUrl(found) : undefined;
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:m|min|mins|minutes?|)$/i, 'm'],
  [/^(?:s|secs?|seconds?)$/i, 's'],
  [/^(?:h|hrs?|hours?)$/i, 'h'],
];

/** `10 minutes` is `10m`; a number without a unit most likely means minutes. */
export function asDuration(text: string): string | undefined {
  const [, amount, word = ''] = /^\s*([0-9]{1,6})\s*([A-Za-z]{0,8})\s*$/.exec(text) ?? [];
  const unit = UNITS.find(([words]) => words.test(word))?.[1];
  return amount === undefined || unit === undefined ? undefined : `${amount}${unit}`;
}

/** Git's short form of SSH, `git@example.com:team/fleet`, and an address without a scheme. */
function asUrl(text: string): string | undefined {
  const [, user, host, path] = /^(?:([\w.-]{1,64})@)?([\w.-]{1,253}):(?!\/\/)([\w./~-]{1,512})$/.exec(text) ?? [];
  if (user !== undefined && host !== undefined && path !== undefined) return `ssh://${user}@${host}/${path.replace(/^\//, '')}`;
  return /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\/[\w./~-]{1,512}$/.test(text) ? `https://${text}` : undefined;
}
