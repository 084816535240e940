import { canonicalJson, sortKeys } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { App } from '../model/api.generated.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { TemplatePackage } from '../model/intents.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { ComposeRequest, Job, Patch, RenderJob, RenderKey } from '../model/render.ts';
import { composeChart } from './compose-chart.ts';
import { fillDefaults } from './fill-defaults.ts';
import { findBadSchema, findMistakes, type TemplateRequest } from './findings.ts';
import { type Layer, layersOf, type Matching, matchingCustomizations, type TakenVariable, variablesOf } from './layers.ts';
import { mergeValues } from './merge-values.ts';
import { type Mistake, mistakesOf } from './mistakes.ts';
import { patchesOf } from './patches.ts';
import { type ValuesSchema, valuesSchema } from './values-schema.ts';

/** What one app, with these variables and customizations, comes to: the same for every cluster that has them. */
type Composed =
  | { readonly kind: 'job'; readonly outcome: Outcome<RenderJob> }
  | { readonly kind: 'wrong'; readonly layers: readonly Layer[]; readonly mistakes: readonly Mistake[] };

interface Memo {
  readonly template: TemplatePackage;
  readonly composed: Map<string, Composed>;
}

const memos = new WeakMap<App, Memo>();

/** What an app is on a candidate cluster: a template with its values, or a chart with its. */
export function compose(request: ComposeRequest): Outcome<Job | undefined> {
  const { app, template } = request;
  if (app.value.source.chart) return composeChart({ ...request, chart: app.value.source.chart });
  if (!template) throw new Error(`app ${app.value.name} without its template`);
  return composeTemplate({ ...request, template });
}

/**
 * The template's defaults < declared cluster variables < the app's values < all matching customizations
 * in order, checked against the template's schema; and the customizations' patches in order. Equal results have equal keys.
 */
function composeTemplate(request: TemplateRequest): Outcome<RenderJob | undefined> {
  const { app, cluster, template } = request;
  const schema = valuesSchema(template);
  if (!schema.ok) return { value: undefined, diagnostics: [findBadSchema(schema.reason, request)] };
  const variables = variablesOf(template.manifest.value.spec.variables, cluster);
  const matching = matchingCustomizations(app.value, cluster);
  const memo = memoOf(app.value, template);
  const inputs = canonicalJson([variables, matching.map(({ index }) => index)]);
  const composed = memo.composed.get(inputs) ?? build({ app: app.value, template, schema, variables, matching });
  memo.composed.set(inputs, composed);
  if (composed.kind === 'job') return composed.outcome;
  const { layers, mistakes } = composed;
  return { value: undefined, diagnostics: findMistakes(mistakes, { request, layers, taker: 'template', name: template.name }) };
}

interface Ingredients {
  readonly app: App;
  readonly template: TemplatePackage;
  readonly schema: Extract<ValuesSchema, { ok: true }>;
  readonly variables: readonly TakenVariable[];
  readonly matching: readonly Matching[];
}

function build({ app, template, schema, variables, matching }: Ingredients): Composed {
  const layers = layersOf(app, { variables, matching });
  const given = layers.reduce<JsonObject>((lower, layer) => mergeValues(lower, layer.values), {});
  const values = fillDefaults(schema.schema, given) ?? given;
  const mistakes = mistakesOf(schema.validate(values), values);
  if (mistakes.length > 0) return { kind: 'wrong', layers, mistakes };
  return { kind: 'job', outcome: { value: toJob(template, { values, patches: patchesOf(matching) }), diagnostics: [] } };
}

function memoOf(app: App, template: TemplatePackage): Memo {
  const known = memos.get(app);
  if (known?.template === template) return known;
  const made: Memo = { template, composed: new Map() };
  memos.set(app, made);
  return made;
}

function toJob(
  template: TemplatePackage,
  { values, patches }: { readonly values: JsonObject; readonly patches: readonly Patch[] },
): RenderJob {
  // Templates may list an object's members: equal values must come in one order.
  const sorted = sortKeys(values);
  const text = canonicalJson({ template: template.digest, values: sorted, patches: patches as unknown as Json });
  return { key: sha256(text) as RenderKey, template: template.name, values: sorted, patches };
}
