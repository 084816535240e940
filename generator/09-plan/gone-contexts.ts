import { groupBy, type Some } from '../lib/group-by.ts';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Removal } from '../model/removal.ts';

/** Warns of deployments and logical clouds that are removed because no document speaks of them any more: once for each, with all that goes. */
export function goneContexts(removals: readonly Removal[]): readonly Diagnostic[] {
  const gone = removals.filter(({ hasDocument }) => !hasDocument);
  return [...groupBy(gone, ({ context }) => context).values()].map(report);
}

function report(removals: Some<Removal>): Diagnostic {
  const [{ owner, context, app }] = removals;
  const clusters = [...new Set(removals.flatMap((removal) => removal.clusters))];
  const isLeft = removals.every((removal) => removal.leftOn.length === removal.clusters.length);
  const args = { name: owner && `${owner.namespace}/${owner.name}`, context, clusters, isLeft };
  if (owner?.kind === 'LogicalCloud' || app === LOGICAL_CLOUD_APP) return diagnose('cloud-gone', args, { reach: RUN });
  const apps = removals.map((removal) => removal.app);
  const stateful = [...new Set(removals.flatMap((removal) => removal.stateful))];
  return diagnose('deployment-gone', { ...args, apps, stateful }, { reach: RUN });
}
