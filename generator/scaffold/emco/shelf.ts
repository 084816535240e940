import { groupBy } from '../../lib/group-by.ts';
import { sortBy } from '../../lib/order.ts';
import type { EmcoKind } from './anchors.ts';
import type { EmcoDocument } from './model.ts';

/** All documents, found by kind and by what they belong to; each list sorted by name, whatever the order of the files. */
export interface Shelf {
  readonly all: readonly EmcoDocument[];
  of(kind: EmcoKind): readonly EmcoDocument[];
  in(kind: EmcoKind, scope: readonly string[]): readonly EmcoDocument[];
}

export function createShelf(documents: readonly EmcoDocument[]): Shelf {
  const all = sortBy(documents, (document) => JSON.stringify([document.kind, document.scope, document.name]));
  const byKind = groupBy(all, ({ kind }) => kind);
  const byScope = groupBy(all, ({ kind, scope }) => keyOf(kind, scope));
  return {
    all,
    of: (kind) => byKind.get(kind) ?? [],
    in: (kind, scope) => byScope.get(keyOf(kind, scope)) ?? [],
  };
}

function keyOf(kind: EmcoKind, scope: readonly string[]): string {
  return JSON.stringify([kind, ...scope]);
}
