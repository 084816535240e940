import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { branchOf } from '../lib/targets.ts';
import type { SyncObject } from '../model/api.generated.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Intents, KnownCluster } from '../model/intents.ts';
import type { JsonPath } from '../model/json.ts';
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
  return clusters.flatMap((cluster) =>
    namedBy(cluster, providers).flatMap(({ field, path, name, agent, usable }) => {
      const type = types.get(`${cluster.value.spec.provider}/${name}`);
      if (type === undefined || usable.includes(type)) return [];
      const args = { cluster: cluster.id, agent, name, type, field, usable };
      return [diagnose('unfit-sync-object', args, { source: cluster.at(path), reach: RUN })];
    }),
  );
}

interface Named {
  readonly field: string;
  readonly path: JsonPath;
  readonly name: string;
  /** Who uses it. */
  readonly agent: string;
  readonly usable: readonly SyncType[];
}

function namedBy({ value }: KnownCluster, providers: Providers): readonly Named[] {
  const { gitOps, kubeconfigObject: name } = value.spec;
  const direct: Named = {
    field: 'kubeconfigObject',
    path: ['spec', 'kubeconfigObject'],
    name: name ?? '',
    agent: 'espalier apply',
    usable: ['kubeconfig'],
  };
  const fields = [
    ['gitOpsReferenceObject', providers[providerType(value)].referenceSync],
    ['gitOpsResourceObject', RESOURCE_SYNC],
  ] as const;
  const agents = (gitOps ? fields : []).map(([field, usable]) => ({
    field,
    path: ['spec', 'gitOps', field],
    name: gitOps?.[field] ?? '',
    agent: gitOps?.gitOpsType ?? '',
    usable,
  }));
  return [...agents, ...(name === undefined ? [] : [direct])];
}
