import { gateDecisions } from '../07-gate/gate-decisions.ts';
import type { GateRequest } from '../07-gate/gate.ts';
import type { createGate } from '../07-gate/remembered-gate.ts';
import type { createLayouter } from '../08-layout/layout.ts';
import { pastNamespaces } from '../08-layout/past-namespace.ts';
import { changedSources } from '../09-plan/changed-sources.ts';
import { passedObjects } from '../09-plan/passed-objects.ts';
import type { createPlanner } from '../09-plan/plan-parts.ts';
import { begin } from '../io/phases.ts';
import type { ChangeSet } from '../model/change.ts';
import type { InstanceKey } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { Handovers } from '../model/handover.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';
import { providerType } from '../model/provider.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Seen } from '../model/seen.ts';
import { providers } from '../providers/registry.ts';
import type { Findings } from './findings.ts';
import { contextsOf, owner } from './owners.ts';
import type { Trees } from './targets.ts';

/** What the gate is asked for, and what layout and plan need beside it. */
export type Asked = Omit<GateRequest, 'diagnostics'> & { readonly history: History; readonly seen: Seen | undefined };

export interface Gathered {
  readonly placements: readonly Placement[];
  readonly stamped: readonly StampedInstance[];
  readonly trees: Trees;
  readonly passing: Handovers;
  readonly left: ReadonlySet<InstanceKey>;
  readonly unattended: ReadonlySet<InstanceKey>;
  readonly found: Findings;
  readonly steps: {
    readonly gate: ReturnType<typeof createGate>;
    readonly layout: ReturnType<typeof createLayouter>;
    readonly plan: ReturnType<typeof createPlanner>;
  };
}

/** Gate, layout and plan. An error found by layout or plan holds more instances, so the three are asked again until nothing new is found. */
export function settle(asked: Asked, { placements, stamped, trees, passing, left, unattended, found, steps }: Gathered): ChangeSet {
  const { committed, away, targetOf } = trees;
  const underway = new Set(passing.clusters.map(({ cluster }) => cluster));
  for (;;) {
    const before = found.count();
    begin('gate');
    const gateRequest = { ...asked, diagnostics: found.all() };
    const gates = steps.gate(gateRequest);
    const isKept = gateDecisions(gateRequest);
    const { intents, scope, wanted, history } = asked;
    const decisions = placements.map(({ decision }) => decision);
    begin('layout');
    const laid = steps.layout({
      intents: intents as Intents,
      placements,
      decisions,
      instances: stamped,
      gates,
      providers,
      away,
      old: passing.old,
      seen: asked.seen,
      targetOf,
      committed,
      standing: asked.committed,
      wanted,
      history,
      left,
      unattended,
    });
    begin('plan');
    const planned = steps.plan({
      desired: laid.parts,
      committed,
      gates,
      ownerOf: owner,
      clusters: new Map(intents.clusters.flatMap(({ id, value }) => (away.has(id) ? [] : [[id, providers[providerType(value)]]]))),
      targetOf,
      contexts: contextsOf(intents),
      keepsDecision: isKept,
      scope,
      released: passing.files,
      left: passing.kept,
    });
    found.add([...laid.diagnostics, ...planned.laid]);
    const changeSet = found.take(planned);
    const pastNamespace = pastNamespaces(history, intents);
    const staying = intents.clusters.filter(({ id }) => !underway.has(id));
    found.add([
      ...passedObjects(changeSet, {
        standing: asked.committed,
        wanted,
        clusters: intents.clusters,
        providers,
        placements,
        committed,
        pastNamespace,
        left,
      }),
      ...changedSources(changeSet, { clusters: staying, providers, placements }),
    ]);
    if (found.count() === before || !asked.isolate || found.reachRun()) return changeSet;
  }
}
