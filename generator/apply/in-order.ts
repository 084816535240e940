import { compareText } from '../lib/order.ts';

export interface Ordered {
  readonly id: string;
  /** What comes first, if it is there. */
  readonly needs: readonly string[];
  /** What had better come first. */
  readonly likes?: readonly string[];
}

/**
 * The items in an order in which each comes after what it needs, by id where nothing else decides. A circle, which committed decisions do not have
 * unless somebody wrote them by hand, is broken where the fewest needs are open.
 */
export function inOrder<T extends Ordered>(items: readonly T[]): readonly T[] {
  const open = new Map([...items].sort((a, b) => compareText(a.id, b.id)).map((item) => [item.id, item]));
  const isOpen = (id: string): boolean => open.has(id);
  const ordered: T[] = [];
  while (open.size > 0) {
    const waiting = [...open.values()].map((item) => ({
      item,
      needs: item.needs.filter((id) => id !== item.id && isOpen(id)).length,
      likes: (item.likes ?? []).filter((id) => id !== item.id && isOpen(id)).length,
    }));
    const next = waiting.reduce((best, one) => ((one.needs - best.needs || one.likes - best.likes) < 0 ? one : best));
    open.delete(next.item.id);
    ordered.push(next.item);
  }
  return ordered;
}
