/** What was made in this run and the last one. `sweep` forgets what nobody asked for since the sweep before. */
export interface Memo<K, V> {
  get(key: K, make: () => V): V;
  peek(key: K): V | undefined;
  sweep(): void;
}

export function createMemo<K, V>(): Memo<K, V> {
  const kept = new Map<K, V>();
  let used = new Set<K>();
  return {
    get(key, make) {
      used.add(key);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const made = make();
      kept.set(key, made);
      return made;
    },
    peek(key) {
      return kept.get(key);
    },
    sweep() {
      for (const key of kept.keys()) if (!used.has(key)) kept.delete(key);
      used = new Set();
    },
  };
}
