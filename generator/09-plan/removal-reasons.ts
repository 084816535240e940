import { describeSelector } from '../lib/selector.ts';
import { compareText } from '../lib/order.ts';
import type { ClusterSelector } from '../model/api.generated.ts';
import { type ClusterId, type Context, type ContextId, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { Removal } from '../model/removal.ts';

/** Tells why an app goes from clusters: one sentence each, with the clusters that it is about. Nothing where nothing tells. */
export type ReasonFinder = (context: ContextId, app: string, clusters: readonly ClusterId[]) => Removal['reasons'];

/** Finds the reasons in where the app goes now, which says of each cluster what became of it. */
export function createReasonFinder(placements: readonly Placement[], contexts: ReadonlyMap<ContextId, Context>): ReasonFinder {
  const known = new Map(placements.map((placement) => [`${placement.deployment.context.id}/${placement.app.value.name}`, placement]));
  return (context, app, clusters) => {
    const placement = known.get(`${context}/${app}`);
    const owner = contexts.get(context);
    if (!placement) {
      const isApp = owner?.kind === 'DeploymentIntent' && app !== LOGICAL_CLOUD_APP;
      return isApp ? [{ clusters, reason: 'the deployment has no app of that name' }] : [];
    }
    return grouped(clusters, (cluster) => reasonOn(placement, cluster));
  };
}

function reasonOn({ decision, app }: Placement, cluster: ClusterId): string | undefined {
  const rejected = decision.rejected.find((verdict) => verdict.cluster === cluster);
  if (rejected) return rejected.reasons.join('; ');
  if (decision.chosen.some((verdict) => verdict.cluster === cluster)) return undefined;
  const { allOf = [], anyOf = [] } = app.value.placement;
  const selectors = [...allOf.flatMap((item): readonly ClusterSelector[] => ('anyOf' in item ? item.anyOf : [item])), ...anyOf];
  const asked = [...new Set(selectors.map((selector) => describeSelector(selector)))];
  return `its placement does not match: it asks for ${asked.join(', or ')}`;
}

function grouped(clusters: readonly ClusterId[], reasonOf: (cluster: ClusterId) => string | undefined): Removal['reasons'] {
  const groups = new Map<string, ClusterId[]>();
  for (const cluster of clusters) {
    const reason = reasonOf(cluster);
    if (reason === undefined) continue;
    const group = groups.get(reason);
    if (group) group.push(cluster);
    else groups.set(reason, [cluster]);
  }
  return [...groups].map(([reason, of]) => ({ clusters: of.sort(compareText), reason }));
}
