import { isKin } from '../07-gate/agent-switches.ts';
import { changedRoots, movedAgents, type AgentMove, tellMove, withoutClusters } from '../09-plan/moved-agents.ts';
import { movedReferences, rewrittenReferences } from '../09-plan/moved-references.ts';
import { isInContexts } from '../lib/instance-path.ts';
import { partsOf } from '../lib/parts.ts';
import { objectKey, referenceObject } from '../lib/reference-object.ts';
import type { ChangeSet } from '../model/change.ts';
import type { ClusterId, InstanceRef } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Committed, Owner } from '../model/file.ts';
import type { JsonObject } from '../model/json.ts';
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

/** Whether the cluster was seen without its agent, and no reference of ours would delete: neither one that was seen, nor one that stands in the tree. */
async function isGone(cluster: KnownCluster, { providers, tree, ownerOf, seen, read }: MovedRequest): Promise<boolean> {
  const provider = providers[providerType(cluster.value)];
  const here = seen?.get(cluster.id);
  const { agents } = here ?? {};
  if (!agents || Object.values(providers).some((one) => isKin(provider, one) && agents.has(one.type))) return false;
  const texts = await read(referencesOf(cluster.id, { tree, ownerOf }));
  const isSafe = (object: JsonObject): boolean => provider.release(object) === undefined || provider.leavesObjects(object);
  return [...texts.values()].every((text) => {
    const object = referenceObject(text);
    const live = object && here?.references?.get(objectKey(object) ?? '');
    return !object || isSafe(live ?? object);
  });
}

function referencesOf(cluster: ClusterId, { tree, ownerOf }: Pick<MovedRequest, 'tree' | 'ownerOf'>): readonly RepoPath[] {
  const paths = [...(partsOf(tree).get(cluster)?.keys() ?? [])];
  return paths.filter((path) => path.endsWith('.yaml') && !isInContexts(path) && ownerOf(path)?.kind === 'instance');
}
