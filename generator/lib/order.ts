/** Compares by UTF-16 code unit: the one order for everything that is written. Never by locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A copy sorted by a text that each item yields. */
export function sortBy<T>(items: Iterable<T>, text: (item: T) => string): T[] {
  return [...items]
    .map((item) => [text(item), item] as const)
    .sort(([a], [b]) => compareText(a, b))
    .map(([, item]) => item);
}
