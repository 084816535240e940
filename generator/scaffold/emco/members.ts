import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

export function member(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** A scalar as text, as emcoctl hands it on; `undefined` for all else. */
export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

/** A truth value, which EMCO writes as a text. */
export function isYes(value: Json | undefined): boolean {
  return value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true');
}

/** A text that says something. */
export function textAt(value: Json | undefined, key: string): string | undefined {
  const text = textOf(member(value, key));
  return text === '' ? undefined : text;
}

/** Members without those that are absent. */
export function present(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** A scalar as text, `true` and `false` too; nothing for all else. */
export function scalarText(value: Json | undefined): string {
  return typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : (textOf(value) ?? '');
}
