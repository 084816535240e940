import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/** The new value, with every part that equals its counterpart in the old one replaced by that very part; the old value itself if nothing differs. */
export function share(before: Json | undefined, after: Json): Json {
  if (before === undefined || Object.is(before, after)) return after;
  if (Array.isArray(after)) return Array.isArray(before) ? shareList(before as readonly Json[], after as readonly Json[]) : after;
  return isJsonObject(after) && isJsonObject(before) ? shareMap(before, after) : after;
}

function shareMap(before: JsonObject, after: JsonObject): JsonObject {
  const keys = Object.keys(after);
  const old = Object.keys(before);
  // Another order of keys is another value: it decides, for one thing, which mistake is told first.
  let isSame = old.length === keys.length;
  const members = keys.map((key, index): [string, Json] => {
    const value = share(Object.hasOwn(before, key) ? before[key] : undefined, after[key] ?? null);
    isSame &&= old[index] === key && Object.is(before[key], value);
    return [key, value];
  });
  // fromEntries defines properties, so that a key such as `__proto__` stays a key.
  return isSame ? before : Object.fromEntries(members);
}

/** Items are compared with those in their place, or else with those of their name: lists such as apps grow at any place. */
function shareList(before: readonly Json[], after: readonly Json[]): readonly Json[] {
  const named = new Map(before.flatMap((item) => (nameOf(item) === undefined ? [] : [[nameOf(item), item] as const])));
  const items = after.map((item, index) => {
    const name = nameOf(item);
    const [inPlace, ofName] = [before[index], name === undefined ? undefined : named.get(name)];
    const isInPlace = ofName === undefined || (inPlace !== undefined && nameOf(inPlace) === name);
    return share(isInPlace ? inPlace : ofName, item);
  });
  return items.length === before.length && items.every((item, index) => Object.is(item, before[index])) ? before : items;
}

function nameOf(item: Json): string | undefined {
  const name = isJsonObject(item) && Object.hasOwn(item, 'name') ? item['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}
