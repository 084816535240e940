import { canonicalJson, sortKeys } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { App, Chart } from '../model/api.generated.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { ChartJob, ComposeRequest, RenderKey } from '../model/render.ts';
import { layersOf, type Matching, matchingCustomizations, type TakenVariable, variablesOf } from './layers.ts';
import { mergeValues } from './merge-values.ts';
import { patchesOf } from './patches.ts';

export interface ChartRequest extends ComposeRequest {
  readonly chart: Chart;
}

const memos = new WeakMap<App, Map<string, ChartJob>>();

/**
 * What a chart is on a candidate cluster: declared cluster variables < the app's values < all matching customizations in order. The chart's own
 * defaults lie below all of them, in the chart. `null` stays: to Helm it takes a default away. Equal results are one job.
 */
export function composeChart({ app, cluster, chart }: ChartRequest): Outcome<ChartJob> {
  const variables = variablesOf(chart.variables, cluster);
  const matching = matchingCustomizations(app.value, cluster);
  const memo = memos.get(app.value) ?? new Map<string, ChartJob>();
  memos.set(app.value, memo);
  const inputs = canonicalJson([variables, matching.map(({ index }) => index)]);
  const job = memo.get(inputs) ?? toJob(chart, app.value, { variables, matching });
  memo.set(inputs, job);
  return { value: job, diagnostics: [] };
}

function toJob(
  chart: Chart,
  app: App,
  given: { readonly variables: readonly TakenVariable[]; readonly matching: readonly Matching[] },
): ChartJob {
  const merged = layersOf(app, given).reduce<JsonObject>((lower, layer) => mergeValues(lower, layer.values), {});
  const values = sortKeys(merged);
  const patches = patchesOf(given.matching);
  const text = canonicalJson({ chart: chart as unknown as Json, values, patches: patches as unknown as Json });
  return { key: sha256(text) as RenderKey, chart, values, patches };
}
