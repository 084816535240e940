import { instanceKey, type InstanceKey } from '../model/context.ts';
import type { Committed, Owner } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import type { GateRequest } from './gate.ts';

/** Where the references stand of committed instances that are not wanted, and whose they are. */
export function unwantedReferences(
  { wanted, committed }: Pick<GateRequest, 'wanted' | 'committed'>,
  { tree, ownerOf }: { readonly tree: Committed; readonly ownerOf: (path: RepoPath) => Owner | undefined },
): ReadonlyMap<RepoPath, InstanceKey> {
  const keys = new Set(wanted.map(instanceKey));
  const unwanted = new Set(committed.map(instanceKey).filter((key) => !keys.has(key)));
  const references = new Map<RepoPath, InstanceKey>();
  if (unwanted.size === 0) return references;
  for (const { path, isMarked } of tree.values()) {
    if (!isMarked || /^clusters\/[^/]+\/context\//.test(path)) continue;
    const owner = ownerOf(path);
    if (owner?.kind !== 'instance') continue;
    const key = instanceKey(owner.instance);
    if (unwanted.has(key)) references.set(path, key);
  }
  return references;
}
