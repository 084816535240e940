import { toContext } from '../lib/hash.ts';
import type { ContextId } from '../model/context.ts';
import type { Owner } from '../model/file.ts';
import type { GateRequest } from './gate.ts';
import { findHolds } from './holds.ts';

export type DecisionRef = Omit<Extract<Owner, { kind: 'decision' }>, 'kind'>;

/** Tells of each app's decision whether it is kept as committed; otherwise it is written, or deleted where none is made any more. */
export function gateDecisions(request: GateRequest): (decision: DecisionRef) => boolean {
  const { scope, intents, history } = request;
  const holds = findHolds(request);
  const ids = contextIds(request);
  const known = new Set(intents.deployments.flatMap(({ context, value }) => value.spec.apps.map(({ name }) => `${context.id}/${name}`)));
  return ({ namespace, deployment, app }) => {
    const [kept] = history?.idsOf({ namespace, name: deployment }) ?? [];
    const context = ids.get(`${namespace}/${deployment}`) ?? toContext({ kind: 'DeploymentIntent', namespace, name: deployment }, kept).id;
    // A decision speaks of many clusters, so that a run for one cluster does not write it.
    if (scope && !scope.some((part) => part.kind === 'deployment' && part.deployment.id === context)) return true;
    const ref = { context, app };
    return (known.has(`${context}/${app}`) ? holds.ofWanted(ref) : holds.ofUnwanted(ref)) !== undefined;
  };
}

/** Ids by deployment, those of deployments with mistakes included: an id may have been kept from an earlier name. */
function contextIds({ diagnostics, intents }: GateRequest): ReadonlyMap<string, ContextId> {
  const ids = new Map<string, ContextId>();
  for (const { reach } of diagnostics) {
    if (reach.kind !== 'context' || reach.context.kind !== 'DeploymentIntent' || reach.context.id === undefined) continue;
    ids.set(`${reach.context.namespace}/${reach.context.name}`, reach.context.id);
  }
  for (const { context } of intents.deployments) ids.set(`${context.namespace}/${context.name}`, context.id);
  return ids;
}
