import type { SyncObject } from '../model/api.generated.ts';
import type { ClusterId } from '../model/context.ts';
import type { Committed, CommittedFile } from '../model/file.ts';
import type { Intents, KnownCluster } from '../model/intents.ts';
import { type GitSource, type ProviderCluster, providerType, type ProviderType } from '../model/provider.ts';

export interface ServedCluster {
  readonly type: ProviderType;
  readonly at: ProviderCluster;
}

/** Every cluster with the provider that serves it, its sources and what stands in its folder, by id in order of id. */
export function serveClusters(
  { clusters, syncObjects, vendoredFlux }: Intents,
  committed: Committed,
): ReadonlyMap<ClusterId, ServedCluster> {
  const sources = new Map(syncObjects.map(({ value }) => [`${value.spec.provider}/${value.metadata.name}`, toSource(value)]));
  const present = groupByCluster(committed);
  return new Map(
    clusters.map((cluster) => {
      const git = sourcesOf(cluster, sources);
      const at: ProviderCluster = { cluster, present: present.get(cluster.id) ?? new Map(), vendoredFlux, ...(git && { git }) };
      return [cluster.id, { type: providerType(cluster.value), at }];
    }),
  );
}

/** A sync object that is not there leaves the cluster without a source: validation reports it. */
function sourcesOf({ value: { spec } }: KnownCluster, sources: ReadonlyMap<string, GitSource>): ProviderCluster['git'] {
  if (!spec.gitOps) return undefined;
  const reference = sources.get(`${spec.provider}/${spec.gitOps.gitOpsReferenceObject}`);
  const resource = sources.get(`${spec.provider}/${spec.gitOps.gitOpsResourceObject}`);
  return reference && resource && { reference, resource };
}

function toSource({ spec: { git } }: SyncObject): GitSource {
  const { url, branch = 'main', interval = '1m', secretRef } = git;
  return { url, branch, interval, ...(secretRef && { secretRef }) };
}

/** What the cluster itself owns in its folder; contexts and status are left out, because no provider asks for them. */
function groupByCluster(committed: Committed): ReadonlyMap<string, ReadonlyMap<string, CommittedFile>> {
  const groups = new Map<string, Map<string, CommittedFile>>();
  for (const file of committed.values()) {
    const [, cluster, rest] = /^clusters\/([^/]+\+[^/]+)\/((?!context\/|status\/).+)$/.exec(file.path) ?? [];
    if (cluster === undefined || rest === undefined) continue;
    const group = groups.get(cluster) ?? new Map<string, CommittedFile>();
    groups.set(cluster, group.set(rest, file));
  }
  return groups;
}
