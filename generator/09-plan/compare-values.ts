import { diffArrays } from 'diff';
import { canonicalJson } from '../lib/canonical-json.ts';
import { compareText } from '../lib/order.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/** A key, an index, or the name of a list's item. */
export type FieldStep = string | number | { readonly name: string };

/** A field that came (no `before`), went (no `after`) or changed. */
export interface FieldChange {
  readonly path: readonly FieldStep[];
  readonly before?: Json;
  readonly after?: Json;
}

/** What differs, field by field, in order of the fields. Lists whose items have names are matched by name, others by their items. */
export function compareValues(before: Json, after: Json, path: readonly FieldStep[] = []): readonly FieldChange[] {
  if (isJsonObject(before) && isJsonObject(after)) return compareMaps(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before as readonly Json[], after as readonly Json[], path);
  return canonicalJson(before) === canonicalJson(after) ? [] : [{ path, before, after }];
}

function compareMaps(before: JsonObject, after: JsonObject, path: readonly FieldStep[]): readonly FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return keys.flatMap((key) => compareMembers(member(before, key), member(after, key), [...path, key]));
}

function member(map: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function compareMembers(before: Json | undefined, after: Json | undefined, path: readonly FieldStep[]): readonly FieldChange[] {
  if (before === undefined) return after === undefined ? [] : [{ path, after }];
  return after === undefined ? [{ path, before }] : compareValues(before, after, path);
}

function compareLists(before: readonly Json[], after: readonly Json[], path: readonly FieldStep[]): readonly FieldChange[] {
  const [one, other] = [byName(before), byName(after)];
  if (!one || !other) return compareItems(before, after, path);
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((name) =>
    compareMembers(one.get(name), other.get(name), [...path, { name }]),
  );
}

/** The items by name, if each has one of its own. */
function byName(list: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const items = new Map<string, Json>();
  for (const item of list) {
    const name = isJsonObject(item) ? member(item, 'name') : undefined;
    if (typeof name !== 'string' || items.has(name)) return undefined;
    items.set(name, item);
  }
  return items;
}

const MOST_EDITS = 1000;

/** Items that stand in each other's place are compared, the rest came or went. Paths count in the list that an item is in. */
function compareItems(before: readonly Json[], after: readonly Json[], path: readonly FieldStep[]): readonly FieldChange[] {
  const parts = diffArrays(before.map(canonicalJson), after.map(canonicalJson), { maxEditLength: MOST_EDITS });
  // Two long lists with next to nothing in common: comparing them would take long and tell nothing.
  if (!parts) return [{ path, before, after }];
  const changes: FieldChange[] = [];
  let from = 0;
  let to = 0;
  for (const { gone, come, same } of gapsOf(parts)) {
    for (let at = 0; at < Math.max(gone, come); at += 1) {
      const place = [...path, at < come ? to + at : from + at];
      changes.push(...compareMembers(at < gone ? before[from + at] : undefined, at < come ? after[to + at] : undefined, place));
    }
    from += gone + same;
    to += come + same;
  }
  return changes;
}

/** How many items went and came at one place, and how many stayed after it. */
interface Gap {
  gone: number;
  come: number;
  same: number;
}

function gapsOf(parts: readonly { readonly count: number; readonly added: boolean; readonly removed: boolean }[]): readonly Gap[] {
  const gaps: Gap[] = [];
  let gap: Gap | undefined;
  for (const { count, added, removed } of parts) {
    if (!gap || gap.same > 0) gaps.push((gap = { gone: 0, come: 0, same: 0 }));
    gap[removed ? 'gone' : added ? 'come' : 'same'] += count;
  }
  return gaps;
}
