import type { ArgoCDSync, ClusterGitOps, ClusterSpec, SyncObject } from '../../generator/model/api.generated.ts';
import type { KnownCluster } from '../../generator/model/intents.ts';
import type { Located } from '../../generator/model/source.ts';
import { makeSync } from './fleet.ts';
import { makeCluster } from './intents.ts';

/** A cluster that Argo CD looks after, through a sync object of this name. */
export function makeArgoCluster(
  id: string,
  through = 'own-argocd',
  { gitOps, ...facts }: Partial<Omit<ClusterSpec, 'gitOps'>> & { readonly gitOps?: Partial<ClusterGitOps> } = {},
): KnownCluster {
  const base = { gitOpsType: 'argocd', gitOpsReferenceObject: through, gitOpsResourceObject: 'fleet-git' } as const;
  return makeCluster(id, { ...facts, gitOps: { ...base, ...gitOps } });
}

/** A sync object for references: an Argo CD on each cluster, or on one for others. */
export function makeArgoSync(argocd: ArgoCDSync = {}, name = argocd.hub === undefined ? 'own-argocd' : 'hub-argocd'): Located<SyncObject> {
  const base = makeSync('provider1', {}, name);
  return { ...base, value: { ...base.value, spec: { provider: 'provider1', type: 'argocd', argocd } } };
}

/** The repository of the tree, an Argo CD on each cluster, and one on `provider1+hub` for others. */
export const argoSyncs: readonly Located<SyncObject>[] = [makeSync(), makeArgoSync(), makeArgoSync({ hub: 'provider1+hub' })];
