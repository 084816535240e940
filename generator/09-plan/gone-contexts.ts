import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Removal } from '../model/removal.ts';

/** Warns of deployments and logical clouds that are removed because no document speaks of them any more: once for each, with all that goes. */
export function goneContexts(removals: readonly Removal[]): readonly Diagnostic[] {
  const contexts = new Map<string, Removal[]>();
  for (const removal of removals) {
    if (removal.hasDocument) continue;
    const known = contexts.get(removal.context);
    if (known) known.push(removal);
    else contexts.set(removal.context, [removal]);
  }
  return [...contexts.values()].map(report);
}

function report(removals: readonly Removal[]): Diagnostic {
  const [first] = removals;
  if (!first) throw new Error('A context without removals');
  const { owner, context, app } = first;
  const clusters = [...new Set(removals.flatMap((removal) => removal.clusters))];
  const isLeft = removals.every((removal) => removal.leftOn.length === removal.clusters.length);
  const args = { name: owner && `${owner.namespace}/${owner.name}`, context, clusters, isLeft };
  if (owner?.kind === 'LogicalCloud' || app === LOGICAL_CLOUD_APP) return diagnose('cloud-gone', args, { reach: RUN });
  const apps = removals.map((removal) => removal.app);
  const stateful = [...new Set(removals.flatMap((removal) => removal.stateful))];
  return diagnose('deployment-gone', { ...args, apps, stateful }, { reach: RUN });
}
