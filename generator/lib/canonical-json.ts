import { type Json, isJsonObject } from '../model/json.ts';
import { compareText } from './order.ts';

/** The same value with every object's keys in order of code unit. Lists keep their order. */
export function sortKeys<T extends Json>(value: T): T;
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sortKeys(item));
  if (!isJsonObject(value)) return value;
  // fromEntries defines properties, so that a key such as `__proto__` stays a key.
  return Object.fromEntries(sortedEntries(value).map(([key, member]) => [key, sortKeys(member)]));
}

/** One text for equal values, whatever the order of their keys: for hashes and memos. Large integers keep every digit. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  return `{${sortedEntries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    .join(',')}}`;
}

function sortedEntries(value: { readonly [key: string]: Json }): [string, Json][] {
  return Object.entries(value).sort(([a], [b]) => compareText(a, b));
}
