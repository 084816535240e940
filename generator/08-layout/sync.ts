import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { branchOf } from '../lib/targets.ts';
import type { SyncObject } from '../model/api.generated.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Intents, KnownCluster } from '../model/intents.ts';
import { type Provider, providerType, type Providers } from '../model/provider.ts';
import type { ClusterSync, SyncSource, SyncType } from '../model/sync.ts';

/** Sync objects by `<provider>/<name>`. */
export type SyncObjects = ReadonlyMap<string, SyncObject>;

/** A sync object with its defaults, as the cluster sees it; `undefined` where it lacks what its type says, which validation reports. */
function toSyncSource({ spec }: SyncObject, cluster: ClusterId): SyncSource | undefined {
  const { type, git, azure, google, argocd, kubeconfig } = spec;
  switch (type) {
    case 'git': {
      if (!git) return undefined;
      const { url, interval = '1m', secretRef } = git;
      return { type, git: { url, branch: branchOf(git, cluster), interval, ...(secretRef && { secretRef }) } };
    }
    case 'azure':
      return azure && { type, azure };
    case 'google':
      return google && { type, google };
    case 'argocd':
      return argocd && { type, argocd };
    case 'kubeconfig':
      return kubeconfig && { type, kubeconfig };
  }
}

/** The sync objects that a cluster names. */
export interface NamedSync {
  readonly reference: SyncObject | undefined;
  readonly resource: SyncObject | undefined;
}

export function namedSync({ value: { spec } }: KnownCluster, objects: SyncObjects): NamedSync {
  return {
    reference: objects.get(`${spec.provider}/${spec.gitOps?.gitOpsReferenceObject ?? ''}`),
    resource: objects.get(`${spec.provider}/${spec.gitOps?.gitOpsResourceObject ?? ''}`),
  };
}

/** What a cluster syncs through and from; a sync object that is not there, or of no use here, leaves it without. */
export function syncOf({ id }: KnownCluster, named: NamedSync, provider: Provider): ClusterSync | undefined {
  const reference = named.reference && toSyncSource(named.reference, id);
  const resource = named.resource && toSyncSource(named.resource, id);
  if (!reference || resource?.type !== 'git' || !provider.referenceSync.includes(reference.type)) return undefined;
  return { reference, resource: resource.git };
}

const RESOURCE_SYNC: readonly SyncType[] = ['git'];

/** Sync objects of a type that the cluster's agent has no use for. */
export function checkSync({ clusters, syncObjects }: Intents, providers: Providers): readonly Diagnostic[] {
  const types = new Map(syncObjects.map(({ value: { metadata, spec } }) => [`${spec.provider}/${metadata.name}`, spec.type]));
  return clusters.flatMap((cluster) => {
    const { gitOps, provider } = cluster.value.spec;
    if (!gitOps) return [];
    const fields = [
      ['gitOpsReferenceObject', providers[providerType(cluster.value)].referenceSync],
      ['gitOpsResourceObject', RESOURCE_SYNC],
    ] as const;
    return fields.flatMap(([field, usable]) => {
      const name = gitOps[field];
      const type = types.get(`${provider}/${name}`);
      if (type === undefined || usable.includes(type)) return [];
      const args = { cluster: cluster.id, agent: gitOps.gitOpsType, name, type, field, usable };
      return [diagnose('unfit-sync-object', args, { source: cluster.at(['spec', 'gitOps', field]), reach: RUN })];
    });
  });
}
