import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/**
 * Lays values over values, as a JSON merge patch (RFC 7386) does: objects are merged, lists and all else replaced. `null` is kept for now: it
 * takes away what lower layers gave, the template's default included, and goes when defaults are filled in.
 */
export function mergeValues(lower: JsonObject, upper: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(lower));
  for (const [key, value] of Object.entries(upper)) {
    const below = merged.get(key);
    merged.set(key, isJsonObject(value) && isJsonObject(below) ? mergeValues(below, value) : value);
  }
  // fromEntries defines properties, so that a key such as `__proto__` stays a key.
  return Object.fromEntries(merged);
}
