import type { Memory } from '../lib/memo.ts';
import { createPartMemo } from '../lib/parts.ts';
import type { ClusterId } from '../model/context.ts';
import type { Committed, CommittedFile } from '../model/file.ts';
import type { Intents } from '../model/intents.ts';
import { type ProviderCluster, type Providers, providerType, type ProviderType } from '../model/provider.ts';
import type { SyncSource } from '../model/sync.ts';
import { syncOf, toSyncSource } from './sync.ts';

export interface ServedCluster {
  readonly type: ProviderType;
  readonly at: ProviderCluster;
}

/** Finds every cluster with the provider that serves it, its sources and what stands in its folder, by id in order of id. */
export function createService(
  memory: Memory,
): (intents: Intents, committed: Committed, providers: Providers) => ReadonlyMap<ClusterId, ServedCluster> {
  const sources = memory.memo<string, SyncSource | undefined>();
  const served = memory.memo<ClusterId, ServedCluster>();
  const presentIn = createPartMemo(memory, present);
  return ({ clusters, syncObjects, vendoredFlux }, committed, providers) => {
    const known = new Map(
      syncObjects.map(({ value }) => {
        const name = `${value.spec.provider}/${value.metadata.name}`;
        return [name, sources.get(name, [value], () => toSyncSource(value))];
      }),
    );
    const parts = presentIn(committed);
    return new Map(
      clusters.map((cluster) => {
        const type = providerType(cluster.value);
        const sync = syncOf(cluster, known, providers[type]);
        const there = parts.get(cluster.id)?.value ?? NOTHING;
        const at: ProviderCluster = { cluster, present: there, vendoredFlux, ...(sync && { sync }) };
        const inputs = [cluster, there, vendoredFlux, sync?.reference, sync?.resource];
        return [cluster.id, served.get(cluster.id, inputs, () => ({ type, at }))];
      }),
    );
  };
}

const NOTHING: ReadonlyMap<string, CommittedFile> = new Map();

/** What the cluster itself owns in its folder; contexts and status are left out, because no provider asks for them. */
function present(part: Committed, before: ReadonlyMap<string, CommittedFile> | undefined): ReadonlyMap<string, CommittedFile> {
  const files = new Map<string, CommittedFile>();
  for (const file of part.values()) {
    const [, rest] = /^clusters\/[^/]+\+[^/]+\/((?!context\/|cluster\/context\/|namespaces\/|status\/).+)$/.exec(file.path) ?? [];
    if (rest !== undefined) files.set(rest, file);
  }
  const isSame = before?.size === files.size && [...files].every(([path, { oid }]) => before.get(path)?.oid === oid);
  return isSame ? before : files;
}
