import type { Memory } from '../lib/memo.ts';
import { createPartMemo } from '../lib/parts.ts';
import type { SyncObject } from '../model/api.generated.ts';
import type { ClusterId } from '../model/context.ts';
import type { Committed, CommittedFile } from '../model/file.ts';
import type { Intents, KnownCluster } from '../model/intents.ts';
import { type GitSource, type ProviderCluster, providerType, type ProviderType } from '../model/provider.ts';

export interface ServedCluster {
  readonly type: ProviderType;
  readonly at: ProviderCluster;
}

/** Finds every cluster with the provider that serves it, its sources and what stands in its folder, by id in order of id. */
export function createService(memory: Memory): (intents: Intents, committed: Committed) => ReadonlyMap<ClusterId, ServedCluster> {
  const sources = memory.memo<string, GitSource>();
  const served = memory.memo<ClusterId, ServedCluster>();
  const presentIn = createPartMemo(memory, present);
  return ({ clusters, syncObjects, vendoredFlux }, committed) => {
    const known = new Map(
      syncObjects.map(({ value }) => {
        const name = `${value.spec.provider}/${value.metadata.name}`;
        return [name, sources.get(name, [value], () => toSource(value))];
      }),
    );
    const parts = presentIn(committed);
    return new Map(
      clusters.map((cluster) => {
        const git = sourcesOf(cluster, known);
        const there = parts.get(cluster.id)?.value ?? NOTHING;
        const at: ProviderCluster = { cluster, present: there, vendoredFlux, ...(git && { git }) };
        const inputs = [cluster, there, vendoredFlux, git?.reference, git?.resource];
        return [cluster.id, served.get(cluster.id, inputs, () => ({ type: providerType(cluster.value), at }))];
      }),
    );
  };
}

const NOTHING: ReadonlyMap<string, CommittedFile> = new Map();

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
function present(part: Committed, before: ReadonlyMap<string, CommittedFile> | undefined): ReadonlyMap<string, CommittedFile> {
  const files = new Map<string, CommittedFile>();
  for (const file of part.values()) {
    const [, rest] = /^clusters\/[^/]+\+[^/]+\/((?!context\/|status\/).+)$/.exec(file.path) ?? [];
    if (rest !== undefined) files.set(rest, file);
  }
  const isSame = before?.size === files.size && [...files].every(([path, { oid }]) => before.get(path)?.oid === oid);
  return isSame ? before : files;
}
