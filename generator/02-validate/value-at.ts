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

/** The same as text, `undefined` for anything else. */
export function textAt(value: Json, path: JsonPath): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** A JSON pointer as a path into the value that it was made for. */
export function fromPointer(pointer: string, value: Json): JsonPath {
  const path: (string | number)[] = [];
  let at: Json | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(key) : key);
    at = valueAt(at ?? null, path.slice(-1));
  }
  return path;
}

/** A path as people write it: `spec.apps[0].name`. */
export function showPath(path: JsonPath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
