import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { toContext } from '../lib/hash.ts';
import { compareText } from '../lib/order.ts';
import type { ClusterId, Context, ContextId } from '../model/context.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { Committed } from '../model/file.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';
import type { Scope } from '../model/scope.ts';

export interface Surroundings {
  readonly intents: Pick<Intents, 'clusters' | 'clouds' | 'deployments'>;
  readonly committed: Committed;
  readonly history: History;
}

/** Finds what `--only` names: `[namespace/]deployment`, `provider+cluster` or a cluster's name. What is only in the tree counts too. */
export function resolveScope(only: string, surroundings: Surroundings): Outcome<Scope | undefined> {
  const things = thingsOf(surroundings);
  const whole = things.get(only);
  if (whole) return { value: whole, diagnostics: [] };
  const choices = [...things.keys()].filter((name) => shortName(name) === only).sort(compareText);
  const [choice = ''] = choices;
  if (choices.length === 1) return { value: things.get(choice), diagnostics: [] };
  if (choices.length > 1) return { value: undefined, diagnostics: [diagnose('ambiguous-only', { only, choices }, { reach: RUN })] };
  const names = [...things.keys()];
  const near = nearestName(only, [...names, ...names.map(shortName)]);
  return { value: undefined, diagnostics: [diagnose('unknown-only', { only, near }, { reach: RUN })] };
}

/** Everything that can be named, by its whole name. */
function thingsOf({ intents, committed, history }: Surroundings): ReadonlyMap<string, Scope> {
  const things = new Map<string, Scope>();
  for (const { folder, name } of foldersOf(committed)) {
    if (folder === 'cluster') things.set(name, { kind: 'cluster', cluster: name as ClusterId });
    else things.set(name, removedDeployment(name, history));
  }
  for (const { id } of intents.clusters) things.set(id, { kind: 'cluster', cluster: id });
  const clouds = new Map(intents.clouds.map(({ context }) => [fullName(context), context.id]));
  for (const { context, value } of intents.deployments) {
    const cloud = clouds.get(`${context.namespace}/${value.spec.logicalCloud}`);
    things.set(fullName(context), deploymentScope(context, cloud));
  }
  return things;
}

function deploymentScope(deployment: Context, cloud: ContextId | undefined): Scope {
  return { kind: 'deployment', deployment, ...(cloud !== undefined && { cloud }) };
}

/** A deployment without an intent is known by its decisions, which tell an id that it kept from an earlier name. */
function removedDeployment(fullName: string, history: History): Scope {
  const [namespace = '', name = ''] = fullName.split('/');
  return deploymentScope(toContext({ kind: 'DeploymentIntent', namespace, name }, history.idsOf({ namespace, name })[0]), undefined);
}

function foldersOf(committed: Committed): readonly { readonly folder: 'cluster' | 'decision'; readonly name: string }[] {
  const clusters = new Set<string>();
  const deployments = new Set<string>();
  for (const path of committed.keys()) {
    const [, top = '', next = ''] = path.split('/', 3);
    const [, namespace, name] = top === 'decisions' ? (/^([^.]+)\.([^.]+)$/.exec(next) ?? []) : [];
    if (namespace !== undefined && name !== undefined) deployments.add(`${namespace}/${name}`);
    if (/^[^+]+\+[^+]+$/.test(top)) clusters.add(top);
  }
  return [
    ...[...clusters].map((name) => ({ folder: 'cluster', name }) as const),
    ...[...deployments].map((name) => ({ folder: 'decision', name }) as const),
  ];
}

function fullName({ namespace, name }: Context): string {
  return `${namespace}/${name}`;
}

function shortName(name: string): string {
  return name.slice(Math.max(name.indexOf('/'), name.indexOf('+')) + 1);
}
