import type { Memory } from '../lib/memo.ts';
import { instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';

/** Whether an instance has files in the committed tree, wherever its agent wants them. */
export type Standing = (instance: InstanceRef) => boolean;

export function createStanding(memory: Memory): (standing: readonly InstanceRef[]) => Standing {
  const known = memory.memo<'all', ReadonlySet<InstanceKey>>();
  return (standing) => {
    const keys = known.get('all', [standing], () => new Set(standing.map(instanceKey)));
    return (instance) => keys.has(instanceKey(instance));
  };
}
