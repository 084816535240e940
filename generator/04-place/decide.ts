import { declaredDemand } from '../lib/demand.ts';
import { groupBy } from '../lib/group-by.ts';
import { compareText, sortBy } from '../lib/order.ts';
import type { App } from '../model/api.generated.ts';
import type { Decision, Verdict } from '../model/decision.ts';
import type { KnownCloud, KnownCluster, KnownDeployment, VendoredChart } from '../model/intents.ts';
import type { Candidate } from './choose.ts';

interface Answer {
  readonly cluster: KnownCluster;
  readonly taken: readonly Candidate[];
  readonly left: readonly Candidate[];
}

export interface Decided {
  readonly deployment: KnownDeployment;
  readonly app: App;
  readonly cloud: KnownCloud;
  readonly vendored?: VendoredChart | undefined;
}

/** Lays the candidates of all requirements together: who is taken once is chosen, whatever another requirement left. */
export function decide(
  candidates: readonly Candidate[],
  { deployment, app, cloud, vendored }: Decided,
): { readonly clusters: readonly KnownCluster[]; readonly decision: Decision } {
  const answers = gather(candidates);
  const chosen = answers.filter(({ taken }) => taken.length > 0);
  const rejected = answers.filter(({ taken }) => taken.length === 0);
  const decision: Decision = {
    deployment: deployment.context,
    app: app.name,
    cloud: cloud.context,
    ...demandFor(app, vendored),
    dependsOn: [...new Set((app.dependsOn ?? []).map((dependency) => dependency.app))].sort(compareText),
    chosen: chosen.map(({ cluster, taken }) => verdict(cluster, taken)),
    rejected: rejected.map(({ cluster, left }) => verdict(cluster, left)),
  };
  return { clusters: chosen.map(({ cluster }) => cluster), decision };
}

/** What the intent says, or else what the chart requested when it was vendored. */
function demandFor({ source: { chart } }: App, vendored: VendoredChart | undefined): Pick<Decision, 'demand'> {
  if (chart?.demand) return { demand: { from: 'intent', ...declaredDemand(chart.demand) } };
  return vendored?.demand ? { demand: { from: 'vendored chart', ...vendored.demand } } : {};
}

function gather(candidates: readonly Candidate[]): readonly Answer[] {
  const answers = [...groupBy(candidates, ({ cluster }) => cluster)].map(([cluster, all]) => ({
    cluster,
    taken: all.filter(({ isChosen }) => isChosen),
    left: all.filter(({ isChosen }) => !isChosen),
  }));
  return sortBy(answers, ({ cluster }) => cluster.id);
}

function verdict(cluster: KnownCluster, candidates: readonly Candidate[]): Verdict {
  const reasons = candidates.flatMap(({ matched, ruledOut, note }) => [...matched, ...ruledOut, ...(note === undefined ? [] : [note])]);
  return { cluster: cluster.id, reasons: [...new Set(reasons)] };
}
