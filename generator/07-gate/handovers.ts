import { groupBy } from '../lib/group-by.ts';
import { isIn } from '../lib/is-in.ts';
import type { Reason } from '../model/change.ts';
import { type ClusterId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Handover, Handovers, HandoverStage, KeptFiles } from '../model/handover.ts';
import type { Providers } from '../model/provider.ts';
import type { Scope } from '../model/scope.ts';
import type { Seen } from '../model/seen.ts';
import type { RepoPath } from '../model/source.ts';
import { type AgentSwitch, isKin } from './agent-switches.ts';
import type { Progress, Step } from './handover-step.ts';
import { isReleased, readReference, releasedFile } from './old-references.ts';
import { lostReferences } from './lost-references.ts';
import { tellSwitch } from './tell-switch.ts';

export interface HandoverRequest {
  readonly providers: Providers;
  /** All instances that are wanted. */
  readonly wanted: readonly InstanceRef[];
  /** The old agents' references. */
  readonly texts: ReadonlyMap<RepoPath, string>;
  readonly seen: Seen | undefined;
  readonly scope: Scope | undefined;
}

export const NO_HANDOVERS: Handovers = {
  clusters: [],
  held: new Map(),
  files: new Map(),
  kept: new Map(),
  old: new Map(),
  abandoned: new Set(),
};

/**
 * Takes each cluster whose agent changes one step on, and no further than what was seen on it allows: a reference goes only when its agent was
 * seen to have taken note that it is to leave the objects, and what an agent reads first only when the agent was seen to be gone.
 */
export function handovers(switches: readonly AgentSwitch[], request: HandoverRequest): Outcome<Handovers> {
  if (switches.length === 0) return { value: NO_HANDOVERS, diagnostics: [] };
  const wanted = groupBy(request.wanted, ({ cluster }) => cluster);
  const steps = switches.map((one) => stepOf(one, { ...request, wanted: wanted.get(one.cluster.id) ?? [] }));
  const released = steps.filter(({ stage }) => stage === 'release');
  const beside = steps.filter(({ stage }) => stage === 'beside');
  return {
    value: {
      clusters: steps.map(toHandover),
      held: new Map(released.flatMap((step) => frozen(step, wanted.get(step.one.cluster.id) ?? []))),
      files: new Map(released.map(({ one, files }) => [one.cluster.id, files])),
      kept: new Map<ClusterId, KeptFiles>([
        ...released.map(({ one }) => [one.cluster.id, 'all'] as const),
        ...beside.map(({ one }) => [one.cluster.id, oldRoots(one, request.providers)] as const),
      ]),
      old: new Map(steps.map(({ one }) => [one.cluster.id, rootsOf(one, request.providers)])),
      abandoned: new Set(steps.filter(({ stage }) => stage === 'swap').map(({ one }) => one.cluster.id)),
    },
    diagnostics: steps.flatMap((step): readonly Diagnostic[] => tellSwitch(step, request.seen?.get(step.one.cluster.id))),
  };
}

/** `wanted`: the cluster's own. */
function stepOf(one: AgentSwitch, request: HandoverRequest): Step {
  const progress = progressOf(one, request);
  // A run for one cluster takes others no further.
  const isNamed = !request.scope || request.scope.some((part) => part.kind === 'cluster' && part.cluster === one.cluster.id);
  const stage = isNamed ? stageOf(one, progress) : 'release';
  const ours = progress.holding.filter(({ isMarked }) => isMarked);
  const files = isNamed && stage === 'release' ? ours.flatMap(releasedFile) : [];
  const lost = isNamed && stage !== 'swap' ? lostReferences(one, request.wanted) : [];
  return { one, stage, progress, files, lost };
}

function progressOf({ cluster, from, to, references }: AgentSwitch, { providers, wanted, texts, seen }: HandoverRequest): Progress {
  const here = seen?.get(cluster.id);
  const all = references.map((one) => readReference(one, { provider: providers[one.agent], text: texts.get(one.path), seen: here }));
  const keys = new Set(wanted.map(instanceKey));
  const holding = all.filter(({ instance, object, released }) => keys.has(instanceKey(instance)) && (!object || released));
  const waiting = holding.filter((reference) => !isReleased(reference) || reference.live !== 'released');
  const { agents } = here ?? {};
  // Who saw one that is the same controllers may have meant the old one.
  const kin = Object.values(providers).filter(({ type }) => type !== to && from.some((agent) => isKin(providers[agent], providers[type])));
  const isThere = kin.some(({ type }) => agents?.has(type));
  // What is left on a hub, or comes back, must find nothing to delete.
  const isSafe = holding.every((reference) => !reference.object || isReleased(reference)) && !all.some(({ live }) => live === 'armed');
  const isGone = agents !== undefined && !isThere && isSafe;
  return { all, holding, waiting, isGone };
}

function stageOf({ collides }: AgentSwitch, { waiting, isGone }: Progress): HandoverStage {
  if (isGone) return 'swap';
  return collides || waiting.length > 0 ? 'release' : 'beside';
}

/** What is not wanted any more leaves by its old agent, unless that was told already to leave the objects. */
function frozen({ one, progress }: Step, wanted: readonly InstanceRef[]): readonly (readonly [InstanceKey, Reason])[] {
  const reason: Reason = { code: 'handover', message: `the cluster passes from ${one.from.join(' or ')} to ${one.to}` };
  const instances = [...wanted, ...progress.all.filter(isReleased).map(({ instance }) => instance)];
  return instances.map((instance) => [instanceKey(instance), reason] as const);
}

/** What the old agents read first, and not the new one. */
function oldRoots(one: AgentSwitch, providers: Providers): (path: string) => boolean {
  const isOld = rootsOf(one, providers);
  return (path) => isOld(path) && !isIn(path, providers[one.to].roots);
}

function rootsOf({ from }: AgentSwitch, providers: Providers): (path: string) => boolean {
  return (path) => from.some((agent) => isIn(path, providers[agent].roots));
}

function toHandover({ one, stage, progress }: Step): Handover {
  const { cluster, from, to } = one;
  const { holding, waiting } = progress;
  return { cluster: cluster.id, from, to, stage, references: holding.length, released: holding.length - waiting.length };
}
