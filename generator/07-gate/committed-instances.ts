import { instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Committed, Owner } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';

/** The instances whose files stand in the tree: all owners of files with our marker. In the order of the paths. */
export function committedInstances(committed: Committed, ownerOf: (path: RepoPath) => Owner | undefined): readonly InstanceRef[] {
  const found = new Map<InstanceKey, InstanceRef>();
  for (const { path, isMarked } of committed.values()) {
    const owner = isMarked ? ownerOf(path) : undefined;
    if (owner?.kind === 'instance') found.set(instanceKey(owner.instance), owner.instance);
  }
  return [...found.values()];
}
