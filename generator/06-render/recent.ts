/** What was made in this run and the last ones. `sweep` forgets what nobody asked for since so many sweeps. */
export interface Recent<K, V> {
  get(key: K, make: () => V): V;
  peek(key: K): V | undefined;
  drop(key: K): void;
  sweep(): void;
}

export function createRecent<K, V>(sweeps = 1): Recent<K, V> {
  const kept = new Map<K, { readonly value: V; round: number }>();
  let round = 0;
  return {
    get(key, make) {
      const known = kept.get(key);
      if (known !== undefined) {
        known.round = round;
        return known.value;
      }
      const value = make();
      kept.set(key, { value, round });
      return value;
    },
    peek(key) {
      return kept.get(key)?.value;
    },
    drop: (key) => void kept.delete(key),
    sweep() {
      for (const [key, entry] of kept) if (entry.round <= round - sweeps) kept.delete(key);
      round += 1;
    },
  };
}
