import { isJsonObject, type Json } from '../model/json.ts';
import { type Scalar, scalarText, splitTokens } from './tokens.ts';

/** A token's value, and whether it keeps its type where it stands alone. */
export interface LateValue {
  readonly value: Scalar;
  readonly isTyped: boolean;
}

/** Puts values into a built object. Parts without tokens are made ready once and shared by all that are bound. */
export type Substitute = (values: (token: number) => LateValue) => Json;

/** Finds the tokens of a built object; what it returns costs only what the tokens cost. `undefined`: there are none. */
export function findTokens(value: Json, prefix: string): Substitute | undefined {
  if (typeof value === 'string') return inText(value, prefix);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const found = items.flatMap((item, index) => {
      const substitute = findTokens(item, prefix);
      return substitute ? [[index, substitute] as const] : [];
    });
    if (found.length === 0) return undefined;
    return (values) => {
      const copy = [...items];
      for (const [index, substitute] of found) copy[index] = substitute(values);
      return copy;
    };
  }
  return isJsonObject(value) ? inObject(value, prefix) : undefined;
}

function inObject(value: { readonly [key: string]: Json }, prefix: string): Substitute | undefined {
  const found = Object.entries(value).flatMap(([key, member]) => {
    const substitute = findTokens(member, prefix);
    return substitute ? [[key, substitute] as const] : [];
  });
  if (found.length === 0) return undefined;
  return (values) => {
    const copy: Record<string, Json> = { ...value };
    // A key `__proto__` is never among them: the parser refuses it.
    for (const [key, substitute] of found) copy[key] = substitute(values);
    return copy;
  };
}

function inText(text: string, prefix: string): Substitute | undefined {
  const parts = splitTokens(text, prefix);
  if (!parts.some((part) => typeof part === 'number')) return undefined;
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'number') {
    return (values) => {
      const { value, isTyped } = values(only);
      return isTyped ? value : scalarText(value);
    };
  }
  return (values) => parts.map((part) => (typeof part === 'number' ? scalarText(values(part).value) : part)).join('');
}
