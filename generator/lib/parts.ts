import type { Committed, CommittedFile } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import type { Memory } from './memo.ts';

/** The folder of `clusters/` that a path lies in: a cluster's id, `decisions`, or something that is not ours. */
export function partOf(path: string): string {
  const start = path.indexOf('/') + 1;
  if (start === 0) return '';
  const end = path.indexOf('/', start);
  return end < 0 ? path.slice(start) : path.slice(start, end);
}

/** The tree by its parts. */
export function partsOf(committed: Committed): ReadonlyMap<string, Committed> {
  if (committed.parts) return committed.parts;
  const parts = new Map<string, Map<RepoPath, CommittedFile>>();
  for (const [path, file] of committed) {
    const part = parts.get(partOf(path));
    if (part) part.set(path, file);
    else parts.set(partOf(path), new Map([[path, file]]));
  }
  return parts;
}

/** A tree that is made of parts, sorted by path where the parts are. */
export function treeOf(parts: ReadonlyMap<string, ReadonlyMap<RepoPath, CommittedFile>>): Committed {
  const find = (path: RepoPath): CommittedFile | undefined => parts.get(partOf(path))?.get(path);
  function* entries(): MapIterator<[RepoPath, CommittedFile]> {
    for (const part of parts.values()) yield* part;
  }
  function* keys(): MapIterator<RepoPath> {
    for (const part of parts.values()) yield* part.keys();
  }
  function* values(): MapIterator<CommittedFile> {
    for (const part of parts.values()) yield* part.values();
  }
  const tree: Committed = {
    parts,
    size: [...parts.values()].reduce((sum, { size }) => sum + size, 0),
    get: find,
    has: (path) => find(path) !== undefined,
    keys,
    values,
    entries,
    [Symbol.iterator]: entries,
    forEach(callback) {
      for (const [path, file] of entries()) callback(file, path, tree);
    },
  };
  return tree;
}

interface Derived<T> {
  readonly part: Committed;
  readonly value: T;
}

/** What each part of the tree comes to, worked out anew for those that changed; `derive` is told what it was before. */
export function createPartMemo<T>(
  memory: Memory,
  derive: (part: Committed, before: T | undefined) => T,
): (committed: Committed) => ReadonlyMap<string, Derived<T>> {
  const whole = memory.memo<'all', ReadonlyMap<string, Derived<T>>>();
  return (committed) =>
    whole.get('all', [committed], (before) => {
      const derived = [...partsOf(committed)].map(([name, part]): [string, Derived<T>] => {
        const known = before?.get(name);
        return [name, known?.part === part ? known : { part, value: derive(part, known?.value) }];
      });
      return new Map(derived);
    });
}
