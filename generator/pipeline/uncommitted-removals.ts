import { mapLimited } from '../io/map-limited.ts';
import { readCommit } from '../io/read-commit.ts';
import { groupBy } from '../lib/group-by.ts';
import { type ClusterId, instanceKey, type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import { owner } from './owners.ts';

interface Instances {
  readonly wanted: readonly InstanceRef[];
  readonly committed: readonly InstanceRef[];
}

/** Clusters of which a logical cloud is to go. */
export function cloudsToGo({ wanted, committed }: Instances): readonly ClusterId[] {
  const keys = new Set(wanted.filter(isCloud).map(instanceKey));
  return [...new Set(committed.filter((ref) => isCloud(ref) && !keys.has(instanceKey(ref))).map(({ cluster }) => cluster))];
}

function isCloud({ app }: InstanceRef): boolean {
  return app === LOGICAL_CLOUD_APP;
}

interface Standing {
  /** What stands in the trees. */
  readonly committed: readonly InstanceRef[];
  /** The checkout that a cluster's tree is in. */
  readonly rootOf: (cluster: string) => string;
}

const AT_ONCE = 4;
/** More folders than these are not named one by one. */
const MOST = 200;

/** Apps on these clusters that Git has at HEAD and the tree has no more. Where there is no commit, nothing tells. */
export async function uncommittedRemovals(
  clusters: readonly ClusterId[],
  { committed, rootOf }: Standing,
): Promise<readonly InstanceRef[]> {
  if (clusters.length === 0) return NONE;
  const there = new Set(committed.map(instanceKey));
  const asked = new Set<string>(clusters);
  const found = new Map<string, InstanceRef>();
  const roots = [...groupBy(clusters, rootOf)];
  const commits = await mapLimited(roots, AT_ONCE, ([root, own]) =>
    readCommit(root, own.length > MOST ? ['clusters'] : own.map((cluster) => `clusters/${cluster}`)),
  );
  for (const path of commits.flatMap((commit) => [...(commit?.files.keys() ?? [])])) {
    const belongs = owner(path);
    if (belongs?.kind !== 'instance') continue;
    const { instance } = belongs;
    const key = instanceKey(instance);
    if (asked.has(instance.cluster) && !isCloud(instance) && !there.has(key)) found.set(key, instance);
  }
  return found.size === 0 ? NONE : [...found.values()];
}

const NONE: readonly InstanceRef[] = [];
