import { type ClusterId, instanceKey, type InstanceKey } from '../model/context.ts';
import type { Owner } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import type { PlanRequest } from './plan-request.ts';

/** Tells whether a file stays as committed, or absent, whatever is wanted. */
export function keeper({ gates, clusters, committed, keepsDecision, scope, left }: PlanRequest): (owner: Owner, path: RepoPath) => boolean {
  const named = new Set(scope?.flatMap((part) => (part.kind === 'cluster' ? [part.cluster] : [])));
  const served = scope?.some(({ kind }) => kind === 'deployment') === true ? clustersWrittenTo(gates) : NONE;
  const keepsCluster = (cluster: ClusterId, path: RepoPath): boolean => {
    if (!clusters.has(cluster)) return true;
    const kept = left?.get(cluster);
    if (kept !== undefined && (kept === 'all' || kept(path.slice(`clusters/${cluster}/`.length)))) return true;
    if (scope === undefined || named.has(cluster)) return false;
    // A deployment that comes to a new cluster brings along what its agent reads first, and no more.
    return committed.has(path) || !served.has(cluster);
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

const NONE: ReadonlySet<string> = new Set();

function verdictOn(key: InstanceKey, gates: PlanRequest['gates']) {
  const gated = gates.get(key);
  if (!gated) throw new Error(`No verdict on instance ${key}`);
  return gated;
}

function clustersWrittenTo(gates: PlanRequest['gates']): ReadonlySet<string> {
  return new Set([...gates].filter(([, gated]) => gated.do === 'write').map(([key]) => key.slice(0, key.indexOf('/'))));
}
