import type { Json } from '../../../model/json.ts';
import { isJsonObject } from '../../../model/json.ts';

/** A value while a template runs; `undefined`: there is none of that name. */
export type Value = Json | undefined;

/** What a function gives; or why it gives nothing. */
export type Result = { readonly value: Value } | { readonly reason: string };

type Call = (args: readonly Value[]) => Result;

/** As Go's text/template decides what is true: not nothing, 0, false, or empty. */
export function isTrue(value: Value): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) !== 0;
  if (Array.isArray(value)) return value.length > 0;
  return isJsonObject(value) ? Object.keys(value).length > 0 : true;
}

/** A scalar as Go prints it; `undefined` for what does not belong into a line of YAML. */
export function printed(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : undefined;
}

function compare(test: (order: number) => boolean): Call {
  return ([a, b]) => {
    if (typeof a === 'string' && typeof b === 'string') return { value: test(a < b ? -1 : a > b ? 1 : 0) };
    const isNumber = (value: Value): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
    return isNumber(a) && isNumber(b) ? { value: test(Number(a) - Number(b)) } : { reason: 'it compares what cannot be compared' };
  };
}

const equal: Call = ([first, ...others]) => ({ value: others.some((other) => other === first) });

/** The functions that Go's text/template brings, without those that escape or run something. */
export const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['and', (args) => ({ value: args.find((arg) => !isTrue(arg)) ?? (args.some((arg) => !isTrue(arg)) ? undefined : args.at(-1)) })],
  ['or', (args) => ({ value: args.find(isTrue) ?? args.at(-1) })],
  ['not', ([arg]) => ({ value: !isTrue(arg) })],
  ['eq', equal],
  ['ne', ([a, b]) => ({ value: a !== b })],
  ['lt', compare((order) => order < 0)],
  ['le', compare((order) => order <= 0)],
  ['gt', compare((order) => order > 0)],
  ['ge', compare((order) => order >= 0)],
  ['len', ([arg]) => lengthOf(arg)],
  ['index', ([whole, ...keys]) => at(whole, keys)],
  ['print', (args) => joined(args, '')],
  ['printf', ([format, ...args]) => formatted(format, args)],
]);

function lengthOf(value: Value): Result {
  if (typeof value === 'string') return { value: new TextEncoder().encode(value).length };
  if (Array.isArray(value)) return { value: value.length };
  return isJsonObject(value) ? { value: Object.keys(value).length } : { reason: 'it asks for the length of something without one' };
}

function at(whole: Value, keys: readonly Value[]): Result {
  let value = whole;
  for (const key of keys) {
    if (Array.isArray(value) && typeof key === 'number' && key >= 0 && key < value.length) value = (value as readonly Json[])[key];
    else if (isJsonObject(value) && typeof key === 'string') value = memberOf(value, key);
    else return { reason: 'it asks for an element that is not there' };
  }
  return { value };
}

export function memberOf(value: Value, key: string): Value {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function joined(args: readonly Value[], separator: string): Result {
  const texts = args.map(printed);
  return texts.includes(undefined) ? { reason: 'it prints what is no text' } : { value: texts.join(separator) };
}

function formatted(format: Value, args: readonly Value[]): Result {
  if (typeof format !== 'string') return { reason: '"printf" needs a format' };
  const left = [...args];
  let reason: string | undefined;
  const value = format.replace(/%(.)/g, (verb, letter: string) => {
    if (letter === '%') return '%';
    const text = printed(left.shift());
    if (text === undefined || !/[sdvq]/.test(letter)) reason = `"printf" cannot do ${JSON.stringify(verb)}`;
    return letter === 'q' ? JSON.stringify(text ?? '') : (text ?? '');
  });
  return reason === undefined ? { value } : { reason };
}
