import { printable } from './printable.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { hideSecrets } from './secret-shapes.ts';

const LONGEST = 60;

/** A text in quotes, cut where it is long; invisible characters are escaped. A text that looks like a secret is never shown. */
export function quote(text: string): string {
  if (hideSecrets(text) !== text) return '"(hidden)"';
  return printable(JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text));
}

/** What a value is, in a few words. */
export function describe(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return `the text ${quote(value)}`;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value.toString()}`;
  return isJsonObject(value) ? 'a mapping' : 'a list';
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['object', 'a mapping'],
  ['array', 'a list'],
  ['string', 'a text'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['null', 'nothing'],
]);

/** JSON Schema's types, in words. */
export function describeTypes(types: readonly string[]): string {
  return types.map((type) => WORDS.get(type) ?? type).join(' or ');
}
