import { compileSelector } from '../lib/selector.ts';
import type { App, Customization } from '../model/api.generated.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** One source of values. Later layers win. */
export type Layer =
  | { readonly kind: 'variable'; readonly values: JsonObject; readonly variable: string }
  | { readonly kind: 'intent'; readonly values: JsonObject }
  | { readonly kind: 'customization'; readonly values: JsonObject; readonly index: number };

/** A customization that matches the cluster, and where it stands in the list. */
export interface Matching {
  readonly index: number;
  readonly customization: Customization;
}

/** Selectors that are wrong match nothing here; placement reports them. */
export function matchingCustomizations(app: App, cluster: KnownCluster): readonly Matching[] {
  return (app.customize ?? []).flatMap((customization, index) =>
    compileSelector(customization.clusters).matches(cluster) ? [{ index, customization }] : [],
  );
}

/** A cluster variable that the template, or the app's chart, declares: the value's path (`ingress.host`), the variable's name, its value on the cluster. */
export type TakenVariable = readonly [path: string, variable: string, value: Json];

/** Of the declared ones (path to variable), in their order. A variable that the cluster lacks is left out. */
export function variablesOf(declared: Readonly<Record<string, string>> | undefined, cluster: KnownCluster): readonly TakenVariable[] {
  const known = cluster.value.spec.variables ?? {};
  return Object.entries(declared ?? {}).flatMap(([path, variable]) => {
    const value = Object.hasOwn(known, variable) ? known[variable] : undefined;
    return value === undefined ? [] : [[path, variable, value] as const];
  });
}

/** Everything that gives values, lowest first. Defaults are no layer: they are filled in under the rest. */
export function layersOf(
  app: App,
  given: { readonly variables: readonly TakenVariable[]; readonly matching: readonly Matching[] },
): readonly Layer[] {
  const variables = given.variables.map(([path, variable, value]): Layer => ({ kind: 'variable', variable, values: nest(path, value) }));
  const intent: readonly Layer[] = app.values ? [{ kind: 'intent', values: app.values as JsonObject }] : [];
  const customizations = given.matching.flatMap(({ index, customization }): Layer[] =>
    customization.values ? [{ kind: 'customization', index, values: customization.values as JsonObject }] : [],
  );
  return [...variables, ...intent, ...customizations];
}

/** `ingress.host` and a value: `{ingress: {host: value}}`. */
function nest(path: string, value: Json): JsonObject {
  const [last = path, ...others] = path.split('.').reverse();
  return others.reduce<JsonObject>((inner, key) => Object.fromEntries([[key, inner]]), Object.fromEntries([[last, value]]));
}
