import { sortBy } from '../lib/order.ts';
import { instanceKey, type InstanceRef } from '../model/context.ts';
import type { AgentSwitch } from './agent-switches.ts';
import type { LostReference } from './handover-step.ts';

/** Instances that are wanted on, and whose old agent cannot be told to leave their objects: the reference is gone, or not ours to change. */
export function lostReferences({ references, missing }: AgentSwitch, wanted: readonly InstanceRef[]): readonly LostReference[] {
  const keys = wanted.map(instanceKey);
  const isWanted = new Set(keys);
  const unmarked = references.filter(({ instance, isMarked }) => !isMarked && isWanted.has(instanceKey(instance)));
  const lost: readonly LostReference[] = [
    ...unmarked.map(({ path }) => ({ path, how: 'unmarked' as const })),
    ...keys.flatMap((key) => missing.get(key) ?? []).map((path) => ({ path, how: 'missing' as const })),
  ];
  return sortBy(lost, ({ path }) => path);
}
