import { diagnose } from '../diagnostics/diagnose.ts';
import { describeSelector } from '../lib/selector.ts';
import type { App } from '../model/api.generated.ts';
import type { Placement } from '../model/decision.ts';
import type { Diagnostic, Outcome, Reach } from '../model/diagnostic.ts';
import type { KnownCloud, KnownDeployment, VendoredChart } from '../model/intents.ts';
import type { Located } from '../model/source.ts';
import { checkAppSelectors } from './check-selectors.ts';
import { type Candidate, choose } from './choose.ts';
import { decide } from './decide.ts';
import { filters } from './filters.ts';
import type { Fleet } from './fleet.ts';
import { idleAppSelectors, idleCloudHint, spansNothing } from './idle-selectors.ts';
import { isMistaken } from './is-mistaken.ts';
import { nearMiss } from './near-miss.ts';
import { type Requirement, requirementsOf } from './requirements.ts';

export interface PlaceRequest {
  readonly deployment: KnownDeployment;
  readonly app: Located<App>;
  readonly cloud: KnownCloud;
  /** What is known of the app's chart. */
  readonly vendored: VendoredChart | undefined;
}

/** Match, filter, choose; one requirement of the placement after the other. */
export function placeApp(request: PlaceRequest, fleet: Fleet): Outcome<Placement> {
  const { deployment, app, cloud, vendored } = request;
  const reach: Reach = { kind: 'context', context: deployment.context, app: app.value.name };
  const requirements = requirementsOf(app.value.placement);
  const rulings = filters.map((filter) => filter.prepare({ app, cloud, fleet }));
  const answers = requirements.map((requirement) => ({ requirement, candidates: choose(requirement, { fleet, rulings }) }));
  const { clusters, decision } = decide(
    answers.flatMap(({ candidates }) => candidates),
    { deployment, app: app.value, cloud, vendored },
  );
  const answered = answers.filter(({ candidates }) => candidates.some(({ isChosen }) => isChosen));
  const diagnostics = [
    ...checkAppSelectors(app, { requirements, reach }),
    ...checkCount(app, reach),
    // A cloud that spans nothing is a mistake of its own, which its apps need not be told.
    ...(spansNothing(cloud, fleet) ? [] : answers.flatMap((answer) => checkAnswer(answer, { app, cloud, reach, fleet }))),
    ...idleAppSelectors(app, {
      fleet,
      reach,
      cloud,
      clusters,
      requirements: answered.map(({ requirement }) => requirement),
      isPlaced: answered.length === answers.length,
    }),
  ];
  return { value: { deployment, app, cloud, clusters, decision }, diagnostics };
}

function checkCount({ value: { name, placement }, at }: Located<App>, reach: Reach): readonly Diagnostic[] {
  if (placement.count === undefined || placement.anyOf) return [];
  return [diagnose('count-without-any-of', { app: name, count: placement.count }, { source: at(['placement', 'count'], 'key'), reach })];
}

interface Answer {
  readonly requirement: Requirement;
  readonly candidates: readonly Candidate[];
}

function checkAnswer(
  { requirement, candidates }: Answer,
  { app, cloud, reach, fleet }: { readonly app: Located<App>; readonly cloud: KnownCloud; readonly reach: Reach; readonly fleet: Fleet },
): readonly Diagnostic[] {
  const { name: where, path, selectors, take } = requirement;
  const found = candidates.filter(({ isChosen }) => isChosen).length;
  if (found >= (take === 'all' ? 1 : take)) return [];
  if (!fleet.isWhole || selectors.some(({ selector }) => isMistaken(selector, fleet.clusters))) return [];
  const ruledOut = candidates.flatMap(({ cluster, ruledOut: reasons }) =>
    reasons.length > 0 ? [`${cluster.id}: ${reasons.join(', ')}`] : [],
  );
  const name = app.value.name;
  if (found > 0)
    return [
      diagnose('too-few-clusters', { app: name, count: Number(take), found, ruledOut }, { source: app.at(['placement', 'count']), reach }),
    ];
  const near =
    candidates.length > 0
      ? idleCloudHint(cloud, fleet)
      : selectors.map(({ selector }) => nearMiss(selector, fleet.clusters)).find((hint) => hint !== undefined);
  const sentences = selectors.map(({ selector }) => describeSelector(selector));
  const args = { app: name, where, sentences, ruledOut, ...(near !== undefined && { near }) };
  return [diagnose('placement-matches-nothing', args, { source: app.at(path), reach })];
}
