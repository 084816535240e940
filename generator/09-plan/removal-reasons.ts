import { groupBy } from '../lib/group-by.ts';
import { describeSelector } from '../lib/selector.ts';
import { compareText } from '../lib/order.ts';
import type { ClusterSelector } from '../model/api.generated.ts';
import { type ClusterId, type Context, type ContextId, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { Removal } from '../model/removal.ts';

/** Tells why an app goes from clusters: one sentence each, with the clusters that it is about. Nothing where nothing tells. */
export type ReasonFinder = (context: ContextId, app: string, clusters: readonly ClusterId[]) => Removal['reasons'];

/** A cloud stays in the tree until then. */
const LAST = 'no app of it is left in the tree; commit this once the clusters have applied the removal of its last apps';

/** Finds the reasons in where the app goes now, which says of each cluster what became of it. */
export function createReasonFinder(placements: readonly Placement[], contexts: ReadonlyMap<ContextId, Context>): ReasonFinder {
  const known = new Map(placements.map((placement) => [`${placement.deployment.context.id}/${placement.app.value.name}`, placement]));
  return (context, app, clusters) => {
    const placement = known.get(`${context}/${app}`);
    const owner = contexts.get(context);
    if (!placement) {
      if (app === LOGICAL_CLOUD_APP) return [{ clusters, reason: LAST }];
      return owner?.kind === 'DeploymentIntent' ? [{ clusters, reason: 'the deployment has no app of that name' }] : [];
    }
    return grouped(clusters, reasonsIn(placement));
  };
}

function reasonsIn({ decision, app }: Placement): (cluster: ClusterId) => string | undefined {
  const rejected = new Map(decision.rejected.map(({ cluster, reasons }) => [cluster, reasons.join('; ')]));
  const chosen = new Set(decision.chosen.map(({ cluster }) => cluster));
  const { allOf = [], anyOf = [] } = app.value.placement;
  const selectors = [...allOf.flatMap((item): readonly ClusterSelector[] => ('anyOf' in item ? item.anyOf : [item])), ...anyOf];
  const asked = [...new Set(selectors.map((selector) => describeSelector(selector)))];
  const unmatched = `its placement does not match: it asks for ${asked.join(', or ')}`;
  return (cluster) => rejected.get(cluster) ?? (chosen.has(cluster) ? undefined : unmatched);
}

function grouped(clusters: readonly ClusterId[], reasonOf: (cluster: ClusterId) => string | undefined): Removal['reasons'] {
  const told = [...clusters].sort(compareText).flatMap((cluster) => {
    const reason = reasonOf(cluster);
    return reason === undefined ? [] : [{ cluster, reason }];
  });
  return [...groupBy(told, ({ reason }) => reason)].map(([reason, of]) => ({ clusters: of.map(({ cluster }) => cluster), reason }));
}
