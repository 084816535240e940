import { isJsonObject, type Json, type JsonPath } from '../model/json.ts';

/** The part of a value that a path leads to; `undefined` where there is none. */
export function valueAt(value: Json, path: JsonPath): Json | undefined {
  let found: Json | undefined = value;
  for (const key of path) {
    if (Array.isArray(found)) found = typeof key === 'number' ? (found as readonly Json[])[key] : undefined;
    else found = isJsonObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}

/** A JSON pointer into a value as a path: whether a part is a key or an index depends on the value. */
export function fromPointer(pointer: string, value: Json): JsonPath {
  const path: (string | number)[] = [];
  let found: Json | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const text = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const key = Array.isArray(found) ? Number(text) : text;
    path.push(key);
    found = valueAt(found ?? null, [key]);
  }
  return path;
}

/** A path as people write it: `ports[0].name`. */
export function showPath(path: JsonPath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
