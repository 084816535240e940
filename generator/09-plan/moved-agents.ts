import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { isInContexts } from '../lib/instance-path.ts';
import { partOf } from '../lib/parts.ts';
import type { Change, ChangeSet } from '../model/change.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KnownCluster } from '../model/intents.ts';
import { type Providers, providerType } from '../model/provider.ts';
import type { RepoPath } from '../model/source.ts';

/** A cluster that another agent of the same kind would take over. */
export interface AgentMove {
  readonly cluster: KnownCluster;
  readonly field: string;
  readonly was: string;
  /** Absent: nothing tells it any more. */
  readonly now?: string;
}

/** The clusters' own files that a plan rewrites or deletes. */
export function changedRoots({ changes }: ChangeSet): readonly RepoPath[] {
  return changes.filter(({ owner, before }) => owner.kind === 'cluster' && before !== undefined).map(({ path }) => path);
}

export interface MovingAgents {
  /** Clusters with instances whose type of agent stays. */
  readonly clusters: readonly KnownCluster[];
  readonly providers: Providers;
  /** What the tree has now of the clusters' own files and of references. */
  readonly texts: ReadonlyMap<RepoPath, string>;
}

/** Where the files tell another agent, or another aim, than those that stand. At most one for each cluster. */
export function movedAgents({ changes }: ChangeSet, { clusters, providers, texts }: MovingAgents): readonly AgentMove[] {
  const telling = tellingChanges(changes);
  return clusters.flatMap((cluster) => {
    const { homeIn } = providers[providerType(cluster.value)];
    const own = telling.get(cluster.id);
    if (!homeIn || !own) return [];
    const told = (textOf: (change: Change) => string | undefined): ReadonlyMap<string, string> =>
      new Map(
        own.flatMap((change) => {
          const text = textOf(change);
          return text === undefined ? [] : Object.entries(homeIn(change.path.slice(`clusters/${cluster.id}/`.length), text));
        }),
      );
    const now = told(({ after }) => after && new TextDecoder().decode(after));
    const moved = [...told(({ path }) => texts.get(path))].find(([field, was]) => now.get(field) !== was);
    if (!moved) return [];
    const [field, was] = moved;
    const other = now.get(field);
    return [{ cluster, field, was, ...(other !== undefined && { now: other }) }];
  });
}

/** By cluster: its own files, and one rewritten reference of an app, which says what all say. */
function tellingChanges(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const found = new Map<string, Change[]>();
  const referring = new Set<string>();
  for (const change of changes) {
    const { owner, path, before, after } = change;
    const part = partOf(path);
    if (owner.kind === 'instance') {
      if (referring.has(part) || !before || !after || isInContexts(path)) continue;
      referring.add(part);
    } else if (owner.kind !== 'cluster') continue;
    const known = found.get(part);
    if (known) known.push(change);
    else found.set(part, [change]);
  }
  return found;
}

export function tellMove({ cluster, field, was, now }: AgentMove): Diagnostic {
  const source = cluster.at(['spec', 'gitOps', 'gitOpsType']);
  return diagnose('agent-moved', { cluster: cluster.id, field, was, now }, { source, reach: RUN });
}

/** The plan without what it does to some clusters. */
export function withoutClusters(changeSet: ChangeSet, clusters: ReadonlySet<ClusterId>): ChangeSet {
  if (clusters.size === 0) return changeSet;
  return { ...changeSet, changes: changeSet.changes.filter(({ path }) => !clusters.has(partOf(path) as ClusterId)) };
}
