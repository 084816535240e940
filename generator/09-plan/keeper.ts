import { type ClusterId, instanceKey, type InstanceKey } from '../model/context.ts';
import type { Owner } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import type { PlanRequest } from './plan-request.ts';

/** Tells whether a file stays as committed, or absent, whatever is wanted. */
export function keeper({ gates, clusters, committed, keepsDecision, scope }: PlanRequest): (owner: Owner, path: RepoPath) => boolean {
  const served = scope?.kind === 'deployment' ? clustersWrittenTo(gates) : undefined;
  const keepsCluster = (cluster: ClusterId, path: RepoPath): boolean => {
    if (!clusters.has(cluster) || (scope?.kind === 'cluster' && scope.cluster !== cluster)) return true;
    // A deployment that comes to a new cluster brings along what its agent reads first, and no more.
    return served !== undefined && (committed.has(path) || !served.has(cluster));
  };
  return (owner, path) => {
    switch (owner.kind) {
      case 'instance':
        return verdictOn(instanceKey(owner.instance), gates).do === 'keep';
      case 'cluster':
        return keepsCluster(owner.cluster, path);
      case 'decision':
        return keepsDecision?.(owner) ?? false;
      default:
        return owner satisfies never;
    }
  };
}

function verdictOn(key: InstanceKey, gates: PlanRequest['gates']) {
  const gated = gates.get(key);
  if (!gated) throw new Error(`No verdict on instance ${key}`);
  return gated;
}

function clustersWrittenTo(gates: PlanRequest['gates']): ReadonlySet<string> {
  return new Set([...gates].filter(([, gated]) => gated.do === 'write').map(([key]) => key.slice(0, key.indexOf('/'))));
}
