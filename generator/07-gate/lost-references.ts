import { sortBy } from '../lib/order.ts';
import { instanceKey, type InstanceRef } from '../model/context.ts';
import type { Provider } from '../model/provider.ts';
import type { AgentSwitch } from './agent-switches.ts';
import type { LostReference, Progress } from './handover-step.ts';
import { isReleased } from './old-references.ts';

export interface Losing {
  readonly progress: Progress;
  readonly to: Provider;
  /** The cluster's instances that are wanted. */
  readonly wanted: readonly InstanceRef[];
}

/** Instances that are wanted on, and whose old agent cannot be told to leave their objects: the reference is gone, or not ours to change. */
export function lostReferences({ cluster, references, bare }: AgentSwitch, { progress, to, wanted }: Losing): readonly LostReference[] {
  const keys = new Set(wanted.map(instanceKey));
  const unmarked = references.filter(({ instance, isMarked }) => !isMarked && keys.has(instanceKey(instance)));
  const missing = wanted.flatMap((instance) => bare.get(instanceKey(instance)) ?? []);
  // An agent without references leaves no trace of the step in which the old ones went; those that stay longer have been told by then.
  const refers = !to.isKustomized || wanted.some((instance) => to.referencePath?.(instance, cluster) !== undefined);
  const hasPassed = !refers && progress.holding.every(isReleased);
  const lost: readonly LostReference[] = [
    ...unmarked.map(({ path }) => ({ path, how: 'unmarked' as const })),
    ...(hasPassed ? [] : missing.map((path) => ({ path, how: 'missing' as const }))),
  ];
  return sortBy(lost, ({ path }) => path);
}
