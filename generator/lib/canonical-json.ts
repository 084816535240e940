import { type Json, isJsonObject, type JsonObject } from '../model/json.ts';
import { compareText } from './order.ts';

/** The same value with every object's keys in order of code unit. Lists keep their order. */
export function sortKeys<T extends Json>(value: T): T;
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sortKeys(item));
  if (!isJsonObject(value)) return value;
  // fromEntries defines properties, so that a key such as `__proto__` stays a key.
  return Object.fromEntries(
    Object.keys(value)
      .sort(compareText)
      .map((key) => [key, sortKeys(value[key] ?? null)]),
  );
}

/** One text for equal values, whatever the order of their keys: for hashes and memos. Large integers keep every digit. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) text += text === '' ? canonicalJson(item) : `,${canonicalJson(item)}`;
    return `[${text}]`;
  }
  const map = value as JsonObject;
  for (const key of Object.keys(map).sort(compareText)) {
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(map[key] ?? null)}`;
  }
  return `{${text}}`;
}

/** A canonical JSON text with gaps, for values that are not known yet. */
export type JsonForm<T> = readonly (string | { readonly gap: T })[];

/** The value's canonical text with a gap for each string that `gapOf` knows as one. */
export function jsonForm<T>(value: Json, gapOf: (text: string) => T | undefined): JsonForm<T> {
  const parts: (string | { readonly gap: T })[] = [];
  let text = '';
  const visit = (part: Json): void => {
    const gap = typeof part === 'string' ? gapOf(part) : undefined;
    if (gap !== undefined) {
      parts.push(text, { gap });
      text = '';
    } else if (Array.isArray(part)) {
      text += '[';
      for (const [index, item] of (part as readonly Json[]).entries()) {
        if (index > 0) text += ',';
        visit(item);
      }
      text += ']';
    } else if (isJsonObject(part)) {
      text += '{';
      for (const [index, key] of Object.keys(part).sort(compareText).entries()) {
        text += `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`;
        visit(part[key] ?? null);
      }
      text += '}';
    } else {
      text += canonicalJson(part);
    }
  };
  visit(value);
  return [...parts, text];
}

/** What `canonicalJson` gives for the value with its gaps filled. */
export function fillJson<T>(form: JsonForm<T>, valueOf: (gap: T) => Json): string {
  let text = '';
  for (const part of form) text += typeof part === 'string' ? part : canonicalJson(valueOf(part.gap));
  return text;
}
