import type { Gated, Reason } from '../model/change.ts';
import { type ClusterId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';
import type { Scope } from '../model/scope.ts';
import { findHolds, type Holds } from './holds.ts';
import { inScope } from './in-scope.ts';
import { keepNamespaces } from './keep-namespaces.ts';
import { isCloud, usedClouds } from './used-clouds.ts';

export interface GateRequest {
  /** What could be read; whatever has mistakes may be missing. */
  readonly intents: Pick<Intents, 'clusters' | 'clouds' | 'deployments'>;
  /** All instances that are wanted, those of logical clouds included. */
  readonly wanted: readonly InstanceRef[];
  /** All instances that stand in the tree: `committedInstances()`. */
  readonly committed: readonly InstanceRef[];
  /** Apps that the tree has no more, though Git still does: their removal is not committed. */
  readonly uncommitted?: readonly InstanceRef[];
  /** Everything found so far. Only errors count, and only when isolated: otherwise any error stops the run before its tree is planned. */
  readonly diagnostics: readonly Diagnostic[];
  readonly isolate: boolean;
  readonly scope?: Scope | undefined;
  /** Clusters whose trees are not at hand. */
  readonly away?: ReadonlySet<ClusterId>;
  /** Instances that stay as committed while their cluster's agent changes. */
  readonly passing?: ReadonlyMap<InstanceKey, Reason>;
  /** Tells ids that deployments without an intent had kept. */
  readonly history?: History;
}

/** Decides for each wanted or committed instance whether it is written, kept as committed, or removed. In doubt it is kept: no error removes anything. */
export function gate(request: GateRequest): ReadonlyMap<InstanceKey, Gated> {
  const rules: Rules = {
    holds: findHolds(request),
    clusters: new Set(request.intents.clusters.map(({ id }) => id)),
    isInScope: inScope(request),
    isAway: ({ cluster }) => request.away?.has(cluster) === true,
    passing: request.passing ?? new Map<InstanceKey, Reason>(),
  };
  const gates = new Map<InstanceKey, Gated>();
  for (const ref of request.wanted) gates.set(instanceKey(ref), judgeWanted(ref, rules));
  for (const ref of request.committed) {
    const key = instanceKey(ref);
    if (!gates.has(key)) gates.set(key, judgeUnwanted(ref, rules));
  }
  keepClouds(request.committed, gates);
  keepUsedClouds(request, gates);
  keepNamespaces(request, gates);
  return gates;
}

interface Rules {
  readonly holds: Holds;
  readonly clusters: ReadonlySet<string>;
  readonly isInScope: (ref: InstanceRef) => boolean;
  readonly isAway: (ref: InstanceRef) => boolean;
  readonly passing: ReadonlyMap<InstanceKey, Reason>;
}

function judgeWanted(ref: InstanceRef, { holds, isInScope, isAway, passing }: Rules): Gated {
  if (!isInScope(ref)) return OUT_OF_SCOPE;
  if (isAway(ref)) return AWAY;
  const reason = holds.ofWanted(ref) ?? passing.get(instanceKey(ref));
  return reason ? { do: 'keep', reasons: [reason] } : { do: 'write' };
}

function judgeUnwanted(ref: InstanceRef, { holds, clusters, isInScope, isAway, passing }: Rules): Gated {
  if (!isInScope(ref)) return OUT_OF_SCOPE;
  if (isAway(ref)) return AWAY;
  if (!clusters.has(ref.cluster)) return keep('cluster-gone', `cluster "${ref.cluster}" has no Cluster document`);
  const reason = holds.ofUnwanted(ref) ?? passing.get(instanceKey(ref));
  if (reason) return { do: 'keep', reasons: [reason] };
  return { do: 'remove', reasons: [{ code: 'not-wanted', message: 'no intent asks for it' }] };
}

const AWAY: Gated = keep('not-at-hand', "its cluster's tree is in a repository that is not at hand");
const OUT_OF_SCOPE: Gated = keep('out-of-scope', 'it is outside of --only');

function keep(code: Reason['code'], message: string): Gated {
  return { do: 'keep', reasons: [{ code, message }] };
}

/** Apps that are held need their cloud's account; whose cloud it was is not always known, so that any kept app keeps the clouds of its cluster. */
function keepClouds(committed: readonly InstanceRef[], gates: Map<InstanceKey, Gated>): void {
  const holding = new Set(
    committed.filter((ref) => !isCloud(ref) && gates.get(instanceKey(ref))?.do === 'keep').map(({ cluster }) => cluster),
  );
  for (const ref of committed) {
    const key = instanceKey(ref);
    if (isCloud(ref) && holding.has(ref.cluster) && gates.get(key)?.do === 'remove')
      gates.set(key, keep('error', 'apps are held on its cluster that may need it'));
  }
}

const LATER = 'a run after their removal was committed and applied removes it';
const NOBODY: readonly InstanceRef[] = [];

/** A cloud goes after its last app: if both went together, the agent could lose the account before it has used it to remove the app's objects. */
function keepUsedClouds(request: GateRequest, gates: Map<InstanceKey, Gated>): void {
  const going = request.committed.filter((ref) => isCloud(ref) && gates.get(instanceKey(ref))?.do === 'remove');
  if (going.length === 0) return;
  const isUsed = usedClouds(request);
  const { uncommitted = NOBODY } = request;
  const wasUsed = usedClouds({ ...request, committed: uncommitted });
  for (const ref of going) {
    if (isUsed(ref)) gates.set(instanceKey(ref), keep('still-used', `its last apps go first; ${LATER}`));
    else if (wasUsed(ref)) gates.set(instanceKey(ref), keep('still-used', `the removal of its last apps is not committed yet; ${LATER}`));
  }
}
