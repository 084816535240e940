import type { Json } from '../../model/json.ts';

/**
 * Reads the engine's answer: the mark of large integers on the first line (empty when there are none), then JSON.
 * A string `<mark>N` stands for the integer N that JavaScript's numbers cannot hold; the engine chose a mark that no other string contains.
 */
export function parseMarked(text: string): Json {
  const end = text.indexOf('\n');
  const mark = text.slice(0, end);
  const value = JSON.parse(text.slice(end + 1)) as Json;
  return mark === '' ? value : restoreIntegers(value, mark);
}

function restoreIntegers(value: Json, mark: string): Json {
  if (typeof value === 'string') return value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => restoreIntegers(item, mark));
  // fromEntries defines properties, so that a key such as `__proto__` stays a key.
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, restoreIntegers(member, mark)]));
}
