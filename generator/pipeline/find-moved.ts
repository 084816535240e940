import { changedRoots, movedAgents, type AgentMove, tellMove, withoutClusters } from '../09-plan/moved-agents.ts';
import { movedReferences, rewrittenReferences } from '../09-plan/moved-references.ts';
import { isInContexts } from '../lib/instance-path.ts';
import { partsOf } from '../lib/parts.ts';
import { objectKey, referenceObject } from '../lib/reference-object.ts';
import type { ChangeSet } from '../model/change.ts';
import type { ClusterId, InstanceRef } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Committed, Owner } from '../model/file.ts';
import type { Handovers } from '../model/handover.ts';
import type { KnownCluster } from '../model/intents.ts';
import { type Providers, providerType } from '../model/provider.ts';
import type { Seen } from '../model/seen.ts';
import type { RepoPath } from '../model/source.ts';

export interface MovedRequest {
  readonly clusters: readonly KnownCluster[];
  readonly providers: Providers;
  readonly tree: Committed;
  readonly ownerOf: (path: RepoPath) => Owner | undefined;
  /** What stands. */
  readonly instances: readonly InstanceRef[];
  /** Clusters that are on their way from one type of agent to another. */
  readonly passing: Handovers;
  readonly seen: Seen | undefined;
  readonly read: (paths: readonly RepoPath[]) => Promise<ReadonlyMap<RepoPath, string>>;
}

/** What the plan would do to agents and references under their very eyes. Of a cluster whose agent was seen to be gone, nothing. */
export async function findMoved(changeSet: ChangeSet | undefined, request: MovedRequest): Promise<readonly Diagnostic[]> {
  if (!changeSet) return [];
  const { clusters, providers, instances, passing, read } = request;
  const texts = await read([...changedRoots(changeSet), ...rewrittenReferences(changeSet)]);
  const theirs = new Set<string>(passing.clusters.map(({ cluster }) => cluster));
  const standing = new Set<string>(instances.map(({ cluster }) => cluster));
  const staying = clusters.filter(({ id }) => standing.has(id) && !theirs.has(id));
  const moves = movedAgents(changeSet, { clusters: staying, providers, texts });
  const refused: AgentMove[] = [];
  for (const move of moves) if (!(await isGone(move.cluster, request))) refused.push(move);
  const others = withoutClusters(changeSet, new Set(moves.map(({ cluster }) => cluster.id)));
  const all = Object.values(providers);
  const leavesObjects = (text: string): boolean => {
    const object = referenceObject(text);
    return !object || all.some((one) => one.leavesObjects(object)) || all.every((one) => one.release(object) === undefined);
  };
  return [...refused.map(tellMove), ...movedReferences(others, { texts, leavesObjects })];
}

/** Whether the cluster was seen without its agent, and without a reference of ours that would delete. */
async function isGone(cluster: KnownCluster, { providers, tree, ownerOf, seen, read }: MovedRequest): Promise<boolean> {
  const type = providerType(cluster.value);
  const here = seen?.get(cluster.id);
  if (!here?.agents || here.agents.has(type)) return false;
  const provider = providers[type];
  const texts = await read(referencesOf(cluster.id, { tree, ownerOf }));
  return [...texts.values()].every((text) => {
    const live = here.references?.get(objectKey(referenceObject(text) ?? {}) ?? '');
    return !live || provider.release(live) === undefined || provider.leavesObjects(live);
  });
}

function referencesOf(cluster: ClusterId, { tree, ownerOf }: Pick<MovedRequest, 'tree' | 'ownerOf'>): readonly RepoPath[] {
  const paths = [...(partsOf(tree).get(cluster)?.keys() ?? [])];
  return paths.filter((path) => path.endsWith('.yaml') && !isInContexts(path) && ownerOf(path)?.kind === 'instance');
}
