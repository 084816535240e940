import type { GitSync } from '../model/api.generated.ts';
import type { ClusterId } from '../model/context.ts';
import type { Target } from '../model/file.ts';
import type { Intents } from '../model/intents.ts';

/** The branch that holds one cluster's tree. Never `<provider>+<cluster>` alone: that one is the monitor's. */
export function treeBranch(cluster: ClusterId): string {
  return `espalier/tree/${cluster}`;
}

/** Whether trees are written to another repository or branch than that of the intents. */
export function isElsewhere({ target, branchPerCluster }: GitSync): boolean {
  return branchPerCluster === true || target === 'elsewhere';
}

/** The branch that a cluster's agent follows. */
export function branchOf({ branch = 'main', branchPerCluster }: GitSync, cluster: ClusterId): string {
  return branchPerCluster === true ? treeBranch(cluster) : branch;
}

/** The targets of clusters whose trees are elsewhere. */
export function targetsOf({ clusters, syncObjects }: Pick<Intents, 'clusters' | 'syncObjects'>): ReadonlyMap<ClusterId, Target> {
  const sources = new Map(
    syncObjects.flatMap(({ value: { metadata, spec } }) =>
      spec.git && isElsewhere(spec.git) ? [[`${spec.provider}/${metadata.name}`, spec.git] as [string, GitSync]] : [],
    ),
  );
  if (sources.size === 0) return NONE;
  return new Map(
    clusters.flatMap(({ id, value: { spec } }) => {
      const name = `${spec.provider}/${spec.gitOps?.gitOpsResourceObject ?? ''}`;
      const git = sources.get(name);
      if (!git) return [];
      const isOwn = git.branchPerCluster === true;
      return [[id, { name, repository: git.url, branch: branchOf(git, id), ...(isOwn && { cluster: id }) }] as const];
    }),
  );
}

const NONE: ReadonlyMap<ClusterId, Target> = new Map();
