import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/** RFC 7386: members of the patch replace or extend, `null` removes, anything but an object replaces the whole. Keys are always own properties. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const members = new Map(Object.entries(isJsonObject(target) ? target : ({} satisfies JsonObject)));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) members.delete(key);
    else members.set(key, mergePatch(members.get(key), value));
  }
  return Object.fromEntries(members);
}
