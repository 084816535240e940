import type { Memory } from '../lib/memo.ts';
import { instanceKey, type InstanceRef } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { StampedInstance } from '../model/render.ts';

export interface Wanted {
  readonly instances: readonly InstanceRef[];
  readonly count: number;
}

/** All instances that placement asks for, whether or not they could be rendered, and those of logical clouds. */
export function createWanted(memory: Memory): (clouds: readonly StampedInstance[], placements: readonly Placement[]) => Wanted {
  const wanted = memory.memo<'all', Wanted>();
  return (clouds, placements) => {
    const inputs = placements.flatMap(({ deployment, app, clusters }) => [deployment.context, app.value.name, clusters]);
    return wanted.get('all', [clouds, ...inputs], () => {
      const apps = placements.flatMap(({ deployment, app, clusters }) =>
        clusters.map(({ id }) => ({ cluster: id, context: deployment.context.id, app: app.value.name })),
      );
      const instances = [...clouds.map(({ instance }) => instance), ...apps];
      return { instances, count: new Set(instances.map(instanceKey)).size };
    });
  };
}
