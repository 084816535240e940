import { canonicalJson, sortKeys } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { App } from '../model/api.generated.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { TemplatePackage } from '../model/intents.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { ComposeRequest, Job, RenderJob, RenderKey } from '../model/render.ts';
import { composeChart } from './compose-chart.ts';
import { type ComposedForm, type Composition, fillComposed, isPlainVariable, toComposedForm } from './compose-form.ts';
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
  /** The first ones: where nearly every cluster has variables of its own, nobody asks again. */
  readonly composed: Map<string, Composed>;
  readonly forms: Map<string, ComposedForm | undefined>;
}

const MOST_KEPT = 1000;

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
  const known = memo.composed.get(inputs);
  const ingredients = { app: app.value, template, schema, variables, matching };
  const composed = known ?? buildByForm(ingredients, memo) ?? build(ingredients);
  if (!known && memo.composed.size < MOST_KEPT) memo.composed.set(inputs, composed);
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

function build(ingredients: Ingredients): Composed {
  const { schema } = ingredients;
  const layers = layersOf(ingredients.app, ingredients);
  const values = valuesOf(ingredients, layers);
  const mistakes = mistakesOf(schema.validate(values), values);
  if (mistakes.length > 0) return { kind: 'wrong', layers, mistakes };
  const { job, text } = toComposition(ingredients, values);
  return done({ ...job, key: sha256(canonicalJson(text)) as RenderKey });
}

/** By what clusters with the same variables share. `undefined` where there is something to complain of. */
function buildByForm(ingredients: Ingredients, { forms }: Memo): Composed | undefined {
  const { schema, variables, matching } = ingredients;
  if (!variables.every(isPlainVariable)) return undefined;
  const key = JSON.stringify([variables.map(([path]) => path), matching.map(({ index }) => index)]);
  if (!forms.has(key))
    forms.set(
      key,
      toComposedForm(variables, (marked) => composeWith(ingredients, marked)),
    );
  const form = forms.get(key);
  const job = form && fillComposed(form, variables);
  return job && schema.validate(job.values).length === 0 ? done(job) : undefined;
}

function done(job: RenderJob): Composed {
  return { kind: 'job', outcome: { value: job, diagnostics: [] } };
}

function composeWith(ingredients: Ingredients, variables: readonly TakenVariable[]): Composition {
  return toComposition(ingredients, valuesOf(ingredients, layersOf(ingredients.app, { ...ingredients, variables })));
}

function valuesOf({ schema }: Ingredients, layers: readonly Layer[]): JsonObject {
  const given = layers.reduce<JsonObject>((lower, layer) => mergeValues(lower, layer.values), {});
  return fillDefaults(schema.schema, given) ?? given;
}

function toComposition({ template, matching }: Ingredients, unsorted: JsonObject): Composition {
  const patches = patchesOf(matching);
  // Templates may list an object's members: equal values must come in one order.
  const values = sortKeys(unsorted);
  const text = { template: template.digest, values, patches: patches as unknown as Json };
  return { job: { template: template.name, values, patches }, text };
}

function memoOf(app: App, template: TemplatePackage): Memo {
  const known = memos.get(app);
  if (known?.template === template) return known;
  const made: Memo = { template, composed: new Map(), forms: new Map() };
  memos.set(app, made);
  return made;
}
