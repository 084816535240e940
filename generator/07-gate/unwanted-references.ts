import { isInContexts, placeIn } from '../lib/instance-path.ts';
import { instanceKey, type InstanceKey, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Committed, Owner } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import type { GateRequest } from './gate.ts';

export interface UnwantedReferences {
  /** Where the references stand, and whose they are; for agents that read the objects themselves, the objects. */
  readonly references: ReadonlyMap<RepoPath, InstanceKey>;
  /** Instances on clusters without an agent: nobody looks after them, so that nobody deletes their objects. */
  readonly unattended: ReadonlySet<InstanceKey>;
}

/** The references of committed instances that are not wanted. */
export function unwantedReferences(
  { wanted, committed }: Pick<GateRequest, 'wanted' | 'committed'>,
  { tree, ownerOf }: { readonly tree: Committed; readonly ownerOf: (path: RepoPath) => Owner | undefined },
): UnwantedReferences {
  const keys = new Set(wanted.map(instanceKey));
  const unwanted = new Map(committed.flatMap((one) => (keys.has(instanceKey(one)) ? [] : [[instanceKey(one), one] as const])));
  const references = new Map<RepoPath, InstanceKey>();
  if (unwanted.size === 0) return { references, unattended: new Set() };
  const attended = new Set<string>();
  for (const { path, isMarked } of tree.values()) {
    // Objects of agents that read references say nothing of it themselves, and are nearly all files of a tree.
    const owner = isMarked && placeIn(path) !== '' ? ownerOf(path) : undefined;
    if (!owner) continue;
    // What an agent reads first tells that there is one, even where somebody deleted a reference.
    if (owner.kind === 'cluster') attended.add(owner.cluster);
    if (owner.kind !== 'instance') continue;
    const isObject = isInContexts(path);
    if (!isObject) attended.add(owner.instance.cluster);
    // A logical cloud has a reference in any case.
    if (isObject && owner.instance.app === LOGICAL_CLOUD_APP) continue;
    const key = instanceKey(owner.instance);
    if (unwanted.has(key)) references.set(path, key);
  }
  return { references, unattended: new Set([...unwanted].filter(([, { cluster }]) => !attended.has(cluster)).map(([key]) => key)) };
}
