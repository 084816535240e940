import type { Diagnostic } from '../model/diagnostic.ts';

/** What was made in earlier runs. The very same inputs give the very same result again. */
export interface Memo<K, V> {
  /** What was made under the key, if all its inputs are the ones at hand (by identity); else what `make` gives, which is told what there was. */
  get(key: K, inputs: readonly unknown[], make: (before: V | undefined) => V): V;
}

/** All memos of one pipeline. */
export interface Memory {
  /** `isKept` says which results may be given again; the others are made anew whenever they are asked for. */
  memo<K, V>(isKept?: (value: V) => boolean): Memo<K, V>;
  /** Forgets whatever was not asked for since the last time. */
  sweep(): void;
}

interface Entry<V> {
  readonly inputs: readonly unknown[];
  readonly value: V;
  round: number;
}

/** For a pipeline that runs once: whatever it kept would only take up room. */
export function createNoMemory(): Memory {
  return { memo: () => ({ get: (_key, _inputs, make) => make(undefined) }), sweep: () => undefined };
}

export function createMemory(): Memory {
  const all: Map<unknown, Entry<unknown>>[] = [];
  let round = 0;
  return {
    memo<K, V>(isKept: (value: V) => boolean = () => true): Memo<K, V> {
      const entries = new Map<K, Entry<V>>();
      all.push(entries);
      return {
        get(key, inputs, make) {
          const known = entries.get(key);
          if (known && sameItems(known.inputs, inputs) && isKept(known.value)) {
            known.round = round;
            return known.value;
          }
          const value = make(known?.value);
          entries.set(key, { inputs, value, round });
          return value;
        },
      };
    },
    sweep() {
      for (const entries of all) for (const [key, entry] of entries) if (entry.round !== round) entries.delete(key);
      round += 1;
    },
  };
}

/**
 * Results with findings are made anew, because a finding says where something stands, and that may move while nothing else changes. So inputs
 * need not hold places.
 */
export function isClean({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): boolean {
  return diagnostics.length === 0;
}

/** Whether two lists hold the very same items. */
export function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (!Object.is(one[index], other[index])) return false;
  return true;
}

/** A list that stays the same one from run to run as long as its items do. */
export function createListKeeper<T>(): (list: readonly T[]) => readonly T[] {
  let kept: readonly T[] = [];
  return (list) => {
    if (!sameItems(kept, list)) kept = list;
    return kept;
  };
}
