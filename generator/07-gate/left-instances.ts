import { isInContexts } from '../lib/instance-path.ts';
import type { InstanceKey } from '../model/context.ts';
import type { RepoPath } from '../model/source.ts';

/** The instances whose agent was told to leave their objects: by a reference, or where there is none by each of the objects. */
export function leftInstances(
  references: ReadonlyMap<RepoPath, InstanceKey>,
  leaves: (path: RepoPath) => boolean,
): ReadonlySet<InstanceKey> {
  const told = new Set<InstanceKey>();
  const bound = new Set<InstanceKey>();
  for (const [path, key] of references) {
    if (leaves(path)) told.add(key);
    else if (isInContexts(path)) bound.add(key);
  }
  return new Set([...told].filter((key) => !bound.has(key)));
}
