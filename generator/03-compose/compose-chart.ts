import { diagnose } from '../diagnostics/diagnose.ts';
import { canonicalJson, sortKeys } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { App, Chart } from '../model/api.generated.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { VendoredChart } from '../model/intents.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { ChartJob, ComposeRequest, RenderKey } from '../model/render.ts';
import { chartSchema } from './chart-schema.ts';
import { findMistakes } from './findings.ts';
import { type Layer, layersOf, matchingCustomizations, variablesOf } from './layers.ts';
import { mergeValues } from './merge-values.ts';
import { type Mistake, mistakesOf } from './mistakes.ts';
import { patchesOf } from './patches.ts';
import { supplierOf } from './supplier.ts';

export interface ChartRequest extends ComposeRequest {
  readonly chart: Chart;
}

/** What one app, with these variables and customizations, comes to: the same for every cluster that has them. */
interface Composed {
  readonly job: ChartJob;
  readonly layers: readonly Layer[];
  readonly mistakes: readonly Mistake[];
}

interface Memo {
  readonly vendored: VendoredChart | undefined;
  readonly composed: Map<string, Composed>;
}

const memos = new WeakMap<App, Memo>();

/**
 * What a chart is on a candidate cluster: declared cluster variables < the app's values < all matching customizations in order. The chart's own
 * defaults lie below all of them, in the chart. `null` stays: to Helm it takes a default away. Where the chart's schema is vendored, the values are
 * checked with it. Equal results are one job.
 */
export function composeChart(request: ChartRequest): Outcome<ChartJob | undefined> {
  const { app, cluster, chart, vendored } = request;
  const variables = variablesOf(chart.variables, cluster);
  const matching = matchingCustomizations(app.value, cluster);
  const memo = memoOf(app.value, vendored);
  const inputs = canonicalJson([variables, matching.map(({ index }) => index)]);
  const composed = memo.get(inputs) ?? build(request, layersOf(app.value, { variables, matching }), matching);
  memo.set(inputs, composed);
  const { job, layers, mistakes } = composed;
  const found = findMistakes(mistakes, { request, layers, taker: 'chart', name: chart.name });
  return { value: found.length > 0 ? undefined : job, diagnostics: [...found, ...unchecked(request)] };
}

function build({ chart, vendored }: ChartRequest, layers: readonly Layer[], matching: Parameters<typeof patchesOf>[0]): Composed {
  const values = sortKeys(layers.reduce<JsonObject>((lower, layer) => mergeValues(lower, layer.values), {}));
  const patches = patchesOf(matching);
  const text = canonicalJson({ chart: chart as unknown as Json, values, patches: patches as unknown as Json });
  const mistakes = vendored ? check(values, { chart, vendored, layers }) : [];
  return { job: { key: sha256(text) as RenderKey, chart, values, patches }, layers, mistakes };
}

interface Checking {
  readonly chart: Chart;
  readonly vendored: VendoredChart;
  readonly layers: readonly Layer[];
}

/** As Helm does it: over the chart's defaults. What the defaults themselves have against the schema is not the app's mistake. */
function check(values: JsonObject, { chart, vendored, layers }: Checking): readonly Mistake[] {
  const schema = chartSchema(vendored);
  if (schema?.ok !== true) return [];
  const whole = mergeValues(vendored.defaults, values);
  const taken = withoutTaken(whole, values);
  return mistakesOf(schema.validate(taken), taken).filter((mistake) =>
    // Values that only the cluster has may be among what is missing.
    mistake.kind === 'missing' ? chart.valuesFrom === undefined : supplierOf(mistake.path, layers) !== undefined,
  );
}

/** Without what the app takes away with `null`; a `null` of the chart's own stays. */
function withoutTaken(whole: JsonObject, values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(whole).flatMap(([key, member]) => {
      const given = Object.hasOwn(values, key) ? values[key] : undefined;
      if (given === null) return [];
      return [[key, isJsonObject(member) && isJsonObject(given) ? withoutTaken(member, given) : member] as const];
    }),
  );
}

function unchecked({ app, deployment, chart, vendored }: ChartRequest): readonly Diagnostic[] {
  const schema = vendored && chartSchema(vendored);
  if (schema?.ok !== false) return [];
  const reach = { kind: 'context', context: deployment.context, app: app.value.name } as const;
  return [
    diagnose('values-unchecked', { chart: chart.name, reason: schema.reason }, { source: app.at(['source', 'chart'], 'key'), reach }),
  ];
}

function memoOf(app: App, vendored: VendoredChart | undefined): Map<string, Composed> {
  const known = memos.get(app);
  if (known && known.vendored === vendored) return known.composed;
  const made: Memo = { vendored, composed: new Map() };
  memos.set(app, made);
  return made.composed;
}
