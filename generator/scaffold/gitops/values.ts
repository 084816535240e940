import { canonicalJson } from '../../lib/canonical-json.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** What all values have in common. */
export function commonValues([first = {}, ...others]: readonly JsonObject[]): JsonObject {
  return others.reduce<JsonObject>(intersection, first);
}

function intersection(a: JsonObject, b: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(a).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
      const other = Object.hasOwn(b, key) ? b[key] : undefined;
      if (other === undefined) return [];
      if (isJsonObject(value) && isJsonObject(other)) return [[key, intersection(value, other)]];
      return canonicalJson(value) === canonicalJson(other) ? [[key, value]] : [];
    }),
  );
}

/** What has to be laid over what all have in common. */
export function restOf(values: JsonObject, common: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
      const shared = Object.hasOwn(common, key) ? common[key] : undefined;
      if (shared === undefined) return [[key, value]];
      if (!isJsonObject(value) || !isJsonObject(shared)) return [];
      const rest = restOf(value, shared);
      return Object.keys(rest).length === 0 ? [] : [[key, rest]];
    }),
  );
}
