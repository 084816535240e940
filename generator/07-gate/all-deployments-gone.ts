import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { compareText } from '../lib/order.ts';
import { type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';
import type { Scope } from '../model/scope.ts';

export interface Standing {
  readonly intents: Pick<Intents, 'clusters' | 'deployments'>;
  /** All instances that stand in the tree. */
  readonly committed: readonly InstanceRef[];
  readonly history: History;
  readonly scope: Scope | undefined;
}

/**
 * Refuses to remove every deployment of the fleet at once: intents without any are more likely lost than meant. To be asked only when no mistake
 * was found, because a deployment with mistakes is missing here as well. Who names a deployment with `--only` means it.
 */
export function allDeploymentsGone({ intents, committed, history, scope }: Standing): readonly Diagnostic[] {
  if (intents.deployments.length > 0 || scope?.some(({ kind }) => kind === 'deployment') === true) return [];
  const described = new Set<string>(intents.clusters.map(({ id }) => id));
  const names = new Set<string>();
  const clusters = new Set<string>();
  for (const { cluster, context, app } of committed) {
    if (app === LOGICAL_CLOUD_APP || !described.has(cluster)) continue;
    const owner = history.nameOf(context);
    names.add(owner ? `${owner.namespace}/${owner.name}` : context);
    clusters.add(cluster);
  }
  if (names.size === 0) return [];
  return [diagnose('all-deployments-gone', { names: [...names].sort(compareText), clusters: clusters.size }, { reach: RUN })];
}
