import { ownFiles } from '../lib/instance-path.ts';
import type { Memory } from '../lib/memo.ts';
import { createPartMemo } from '../lib/parts.ts';
import type { ClusterId } from '../model/context.ts';
import type { Committed, CommittedFile } from '../model/file.ts';
import type { Handovers } from '../model/handover.ts';
import type { Intents, KnownCluster } from '../model/intents.ts';
import { type ProviderCluster, type Providers, providerType, type ProviderType } from '../model/provider.ts';
import type { ClusterSync } from '../model/sync.ts';
import { namedSync, syncOf } from './sync.ts';

export interface ServedCluster {
  readonly type: ProviderType;
  readonly at: ProviderCluster;
}

export interface ServiceRequest {
  readonly intents: Intents;
  readonly committed: Committed;
  readonly providers: Providers;
  /** Clusters whose trees are not at hand. */
  readonly away?: ReadonlySet<ClusterId>;
  /** What stands in a cluster's folder of agents that it has no more: nothing to the one that it has now. */
  readonly old?: Handovers['old'];
}

/** Finds every cluster with the provider that serves it, its sources and what stands in its folder, by id in order of id. */
export function createService(memory: Memory): (request: ServiceRequest) => ReadonlyMap<ClusterId, ServedCluster> {
  const served = memory.memo<ClusterId, ServedCluster>();
  const presentIn = createPartMemo(memory, present);
  return ({ intents: { clusters, syncObjects, vendoredFlux }, committed, providers, away = NOWHERE, old }) => {
    const known = new Map(syncObjects.map(({ value }) => [`${value.spec.provider}/${value.metadata.name}`, value]));
    const parts = presentIn(committed);
    const byId = new Map<string, KnownCluster>(clusters.map((cluster) => [cluster.id, cluster]));
    const syncIn = (cluster: KnownCluster): ClusterSync | undefined =>
      syncOf(cluster, namedSync(cluster, known), providers[providerType(cluster.value)]);
    return new Map(
      clusters.map((cluster) => {
        const type = providerType(cluster.value);
        const named = namedSync(cluster, known);
        const there = without(parts.get(cluster.id)?.value ?? NOTHING, old?.get(cluster.id));
        const isAway = away.has(cluster.id);
        const sync = syncIn(cluster);
        const host = sync && byId.get(providers[type].hostOf?.(sync) ?? cluster.id);
        const other = host && host.id !== cluster.id ? host : undefined;
        const others = other && namedSync(other, known);
        const inputs = [cluster, there, vendoredFlux, named.reference, named.resource, isAway, other, others?.reference, others?.resource];
        return [
          cluster.id,
          served.get(cluster.id, inputs, () => {
            const hosting = other && syncIn(other);
            const facts = { ...(sync && { sync }), ...(hosting && { host: hosting }), ...(isAway && { isAway }) };
            return { type, at: { cluster, present: there, vendoredFlux, ...facts } };
          }),
        ];
      }),
    );
  };
}

const NOWHERE: ReadonlySet<ClusterId> = new Set();

const NOTHING: ReadonlyMap<string, CommittedFile> = new Map();

function without(files: ProviderCluster['present'], isOld: ((path: string) => boolean) | undefined): ProviderCluster['present'] {
  return isOld ? new Map([...files].filter(([path]) => !isOld(path))) : files;
}

function present(part: Committed, before: ReadonlyMap<string, CommittedFile> | undefined): ReadonlyMap<string, CommittedFile> {
  const files = ownFiles(part);
  const isSame = before?.size === files.size && [...files].every(([path, { oid }]) => before.get(path)?.oid === oid);
  return isSame ? before : files;
}
