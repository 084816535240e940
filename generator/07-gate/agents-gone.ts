import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { instanceKey, type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Committed } from '../model/file.ts';
import type { Intents } from '../model/intents.ts';
import { type Providers, providerType } from '../model/provider.ts';
import type { Scope } from '../model/scope.ts';
import type { RepoPath } from '../model/source.ts';

export interface Served {
  readonly intents: Pick<Intents, 'clusters'>;
  /** All instances that stand in the tree. */
  readonly committed: readonly InstanceRef[];
  readonly scope: Scope | undefined;
}

/**
 * Refuses to take what its agent reads first out of the tree of a cluster whose document names that agent no more: an agent without its list
 * deletes and applies what nobody asked for. Who names the cluster with `--only` means it.
 */
export function agentsGone(
  { intents, committed, scope }: Served,
  { tree, providers }: { readonly tree: Committed; readonly providers: Providers },
): readonly Diagnostic[] {
  // Of clusters that are not named everything stays; a deployment that is named may be on any.
  if (scope?.every(({ kind }) => kind === 'cluster') === true) return [];
  const named = new Set(scope?.flatMap((part) => (part.kind === 'cluster' ? [part.cluster] : [])));
  return intents.clusters.flatMap(({ id, value, at }) => {
    if (named.has(id)) return [];
    const own = new Set(providers[providerType(value)].roots);
    const foreign = Object.values(providers).flatMap(({ roots, lasting }) =>
      roots.filter((root) => !own.has(root) && !lasting.includes(root)),
    );
    const isLeft = foreign.some((root) => tree.get(`clusters/${id}/${root}` as RepoPath)?.isMarked === true);
    if (!isLeft) return [];
    const apps = new Set(committed.filter(({ cluster, app }) => cluster === id && app !== LOGICAL_CLOUD_APP).map(instanceKey));
    return [diagnose('agent-gone', { cluster: id, apps: apps.size }, { source: at(['metadata', 'name']), reach: RUN })];
  });
}
