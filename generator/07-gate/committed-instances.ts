import { createListKeeper, type Memory } from '../lib/memo.ts';
import { createPartMemo } from '../lib/parts.ts';
import { instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Committed, Owner } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';

/** The same again and again: parts of the tree that did not change are not looked through once more. */
export function createCommittedInstances(
  memory: Memory,
  ownerOf: (path: RepoPath) => Owner | undefined,
): (committed: Committed) => readonly InstanceRef[] {
  const byPart = createPartMemo(memory, (part) => committedInstances(part, ownerOf));
  const same = createListKeeper<InstanceRef>();
  return (committed) => same([...byPart(committed).values()].flatMap(({ value }) => value));
}

/** The instances whose files stand in the tree: all owners of files with our marker. In the order of the paths. */
export function committedInstances(committed: Committed, ownerOf: (path: RepoPath) => Owner | undefined): readonly InstanceRef[] {
  const found = new Map<InstanceKey, InstanceRef>();
  for (const { path, isMarked } of committed.values()) {
    const owner = isMarked ? ownerOf(path) : undefined;
    if (owner?.kind === 'instance') found.set(instanceKey(owner.instance), owner.instance);
  }
  return [...found.values()];
}
