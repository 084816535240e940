import { groupBy } from '../lib/group-by.ts';
import { readInstancePath } from '../lib/instance-path.ts';
import { type ClusterId, instanceKey, type InstanceRef } from '../model/context.ts';
import type { Committed } from '../model/file.ts';

/** An instance's folder in the committed tree. */
export interface CommittedFolder {
  readonly instance: InstanceRef;
  readonly files: ReadonlySet<string>;
}

/** The folders of some clusters that pass, by cluster. */
export function committedFolders(
  committed: Committed,
  { clusters, isWanted }: { readonly clusters: ReadonlySet<ClusterId>; readonly isWanted: (instance: InstanceRef) => boolean },
): ReadonlyMap<ClusterId, readonly CommittedFolder[]> {
  const folders = new Map<string, { readonly instance: InstanceRef; readonly files: Set<string> }>();
  for (const { path, isMarked } of committed.values()) {
    const place = isMarked ? readInstancePath(path) : undefined;
    if (!place || !clusters.has(place.instance.cluster)) continue;
    const key = instanceKey(place.instance);
    const folder = folders.get(key) ?? { instance: place.instance, files: new Set<string>() };
    folders.set(key, folder);
    folder.files.add(place.file);
  }
  const wanted = [...folders.values()].filter(({ instance }) => isWanted(instance));
  return groupBy(wanted, ({ instance }) => instance.cluster);
}
