import { isClean, type Memory } from '../lib/memo.ts';
import { compareText, sortBy } from '../lib/order.ts';
import { partsOf } from '../lib/parts.ts';
import type { ChangeSet, Gated } from '../model/change.ts';
import type { ClusterId, InstanceKey } from '../model/context.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Committed, GeneratedFile } from '../model/file.ts';
import type { PlanRequest } from './plan-request.ts';
import { plan } from './plan.ts';

type Gates = PlanRequest['gates'];

export interface PartsRequest extends Omit<PlanRequest, 'desired'> {
  /** How to lay out every file that is wanted, by the folder of `clusters/` that it lies in; each list sorted by path. */
  readonly desired: ReadonlyMap<string, () => Outcome<readonly GeneratedFile[]>>;
}

export interface PlannedParts extends Outcome<ChangeSet> {
  /** What was found when the parts were laid out. */
  readonly laid: readonly Diagnostic[];
}

/** Plans again and again: the plan of the whole is that of its parts, and a cluster for which nothing changed is not compared once more. */
export function createPlanner(memory: Memory): (request: PartsRequest) => PlannedParts {
  const plans = memory.memo<string, Outcome<ChangeSet>>(isClean);
  const split = createSplit(memory);
  return (request) => {
    const [there, verdicts] = [partsOf(request.committed), split(request.gates)];
    const scope = JSON.stringify(request.scope ?? null);
    const names = new Set([...request.desired.keys(), ...there.keys(), ...verdicts.keys()]);
    const found = new Map<string, readonly Diagnostic[]>();
    const outcomes = sortBy(names, (name) => `${name}/`).map((name) => {
      const { value: desired, diagnostics } = request.desired.get(name)?.() ?? NO_FILES;
      found.set(name, diagnostics);
      const part = {
        ...request,
        desired,
        committed: there.get(name) ?? NOTHING,
        gates: verdicts.get(name) ?? NO_GATES,
        ...handoverOf(request, name as ClusterId),
      };
      // Findings of all kinds tell whether decisions are kept, and there are few.
      if (name === 'decisions') return plan(part);
      const provider = request.clusters.get(name as ClusterId);
      const inputs = [part.desired, part.committed, part.gates, provider, scope, request.targetOf?.(name), ...inputsOf(part)];
      return plans.get(name, inputs, () => plan(part));
    });
    // Findings come in the order in which the parts were given.
    return { ...merge(outcomes), laid: [...request.desired.keys()].flatMap((name) => found.get(name) ?? []) };
  };
}

type Passing = Pick<PlanRequest, 'released' | 'left'>;

/** What a cluster's handover asks for. */
function handoverOf({ released, left }: Passing, cluster: ClusterId): Passing {
  const files = released?.get(cluster);
  const kept = left?.get(cluster);
  return { released: files && new Map([[cluster, files]]), left: kept === undefined ? undefined : new Map([[cluster, kept]]) };
}

/** Handovers are worked out anew in every run: a cluster that has one is compared once more. */
function inputsOf({ released, left }: Passing): readonly unknown[] {
  return [released, left];
}

const NO_FILES: Outcome<readonly GeneratedFile[]> = { value: [], diagnostics: [] };
const NOTHING: Committed = new Map();
const NO_GATES: Gates = new Map();

function merge(outcomes: readonly Outcome<ChangeSet>[]): Outcome<ChangeSet> {
  const plans = outcomes.map(({ value }) => value);
  return {
    value: {
      changes: sortBy(
        plans.flatMap(({ changes }) => changes),
        ({ path }) => path,
      ),
      unchanged: plans.reduce((sum, { unchanged }) => sum + unchanged, 0),
      held: plans.flatMap(({ held }) => held).sort(compareText),
      reasons: new Map(plans.flatMap(({ reasons }) => [...reasons])),
      kept: {
        held: plans.reduce((sum, { kept }) => sum + kept.held, 0),
        outside: plans.reduce((sum, { kept }) => sum + kept.outside, 0),
      },
    },
    diagnostics: outcomes.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Verdicts by cluster. A cluster's stay the same object as long as they are the same verdicts. */
function createSplit(memory: Memory): (gates: Gates) => ReadonlyMap<string, Gates> {
  const splits = memory.memo<'all', ReadonlyMap<string, Gates>>();
  return (gates) =>
    splits.get('all', [gates], (before) => {
      const clusters = new Map<string, Map<InstanceKey, Gated>>();
      for (const [key, gated] of gates) {
        const cluster = key.slice(0, key.indexOf('/'));
        const own = clusters.get(cluster);
        if (own) own.set(key, gated);
        else clusters.set(cluster, new Map([[key, gated]]));
      }
      return new Map([...clusters].map(([cluster, own]) => [cluster, sameVerdicts(before?.get(cluster), own)]));
    });
}

function sameVerdicts(before: Gates | undefined, now: Gates): Gates {
  if (before?.size !== now.size) return now;
  for (const [key, gated] of now) if (!isSame(before.get(key), gated)) return now;
  return before;
}

function isSame(one: Gated | undefined, other: Gated): boolean {
  return one?.do === other.do && (one.do === 'write' || JSON.stringify(one) === JSON.stringify(other));
}
