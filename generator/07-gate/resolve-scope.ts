import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { toContext } from '../lib/hash.ts';
import { compareText } from '../lib/order.ts';
import type { ClusterId, Context, ContextId, ContextRef } from '../model/context.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Committed } from '../model/file.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';
import type { Scope, ScopePart } from '../model/scope.ts';

export interface Surroundings {
  readonly intents: Pick<Intents, 'clusters' | 'clouds' | 'deployments'>;
  readonly committed: Committed;
  readonly history: History;
  /** What was found so far: a deployment with mistakes may be missing from the intents, and can be named all the same. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds what each `--only` names: `[namespace/]deployment`, `provider+cluster` or a cluster's name. What is only in the tree counts too. */
export function resolveScope(only: readonly string[], surroundings: Surroundings): Outcome<Scope | undefined> {
  const things = thingsOf(surroundings);
  const found = only.map((name) => resolvePart(name, things));
  const diagnostics = found.flatMap((part) => ('code' in part ? [part] : []));
  return { value: diagnostics.length > 0 ? undefined : found.flatMap((part) => ('code' in part ? [] : [part])), diagnostics };
}

function resolvePart(only: string, things: ReadonlyMap<string, ScopePart>): ScopePart | Diagnostic {
  const whole = things.get(only);
  if (whole) return whole;
  const names = [...things.keys()];
  const choices = names.filter((name) => shortName(name) === only).sort(compareText);
  const chosen = choices.length === 1 ? things.get(choices[0] ?? '') : undefined;
  if (chosen) return chosen;
  if (choices.length > 1) return diagnose('ambiguous-only', { only, choices }, { reach: RUN });
  const near = nearestName(only, [...names, ...names.map(shortName)]);
  return diagnose('unknown-only', { only, near }, { reach: RUN });
}

/** Everything that can be named, by its whole name. */
function thingsOf({ intents, committed, history, diagnostics }: Surroundings): ReadonlyMap<string, ScopePart> {
  const things = new Map<string, ScopePart>();
  for (const { folder, name } of foldersOf(committed)) {
    if (folder === 'cluster') things.set(name, { kind: 'cluster', cluster: name as ClusterId });
    else things.set(name, removedDeployment(name, history));
  }
  for (const { reach } of diagnostics) {
    if (reach.kind !== 'context' || reach.context.kind !== 'DeploymentIntent') continue;
    things.set(fullName(reach.context), deploymentScope(toContext(reach.context, reach.context.id), undefined));
  }
  for (const { id } of intents.clusters) things.set(id, { kind: 'cluster', cluster: id });
  const clouds = new Map(intents.clouds.map(({ context }) => [fullName(context), context.id]));
  for (const { context, value } of intents.deployments) {
    const cloud = clouds.get(`${context.namespace}/${value.spec.logicalCloud}`);
    things.set(fullName(context), deploymentScope(context, cloud));
  }
  return things;
}

function deploymentScope(deployment: Context, cloud: ContextId | undefined): ScopePart {
  return { kind: 'deployment', deployment, ...(cloud !== undefined && { cloud }) };
}

/** A deployment without an intent is known by its decisions, which tell an id that it kept from an earlier name. */
function removedDeployment(fullName: string, history: History): ScopePart {
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

function fullName({ namespace, name }: ContextRef): string {
  return `${namespace}/${name}`;
}

function shortName(name: string): string {
  return name.slice(Math.max(name.indexOf('/'), name.indexOf('+')) + 1);
}
