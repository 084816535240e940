import type { Gated } from '../model/change.ts';
import { type ClusterId, instanceKey, type InstanceKey, type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { Reach } from '../model/diagnostic.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Source } from '../model/source.ts';
import type { Standing } from './standing.ts';
import { createWaves } from './waves.ts';

/** What an instance was made from. */
export type Origin =
  | {
      readonly kind: 'app';
      readonly cloud: KnownCloud;
      readonly placement: Placement;
      readonly dependencies: (cluster: ClusterId) => readonly string[];
      /** 1 for an app that waits for no other of its deployment, and one more than the latest of those that it waits for. */
      readonly wave: number;
    }
  | { readonly kind: 'cloud'; readonly cloud: KnownCloud; readonly wave: 0 };

/** Finds an instance's origin. */
export type Directory = (instance: InstanceRef) => Origin;

export interface Known {
  readonly clouds: readonly KnownCloud[];
  readonly isStanding: Standing;
  readonly gates: ReadonlyMap<InstanceKey, Gated>;
}

export function createDirectory(placements: readonly Placement[], { clouds, isStanding, gates }: Known): Directory {
  const origins = new Map<string, Origin>();
  const waves = createWaves();
  for (const cloud of clouds) origins.set(`${cloud.context.id}/${LOGICAL_CLOUD_APP}`, { kind: 'cloud', cloud, wave: 0 });
  const placed = placements.filter(({ clusters }) => clusters.length > 0);
  const reached = new Map(placed.map((placement) => [key(placement), new Set(placement.clusters.map(({ id }) => id))]));
  const isHeld = (instance: InstanceRef): boolean => gates.get(instanceKey(instance))?.do === 'keep';
  for (const placement of placements) {
    const { app, cloud, deployment } = placement;
    const names = [...new Set(app.value.dependsOn?.map((dependency) => dependency.app))].sort();
    const context = deployment.context.id;
    const isNew = (cluster: ClusterId): boolean => !isStanding({ cluster, context, app: app.value.name });
    const isFirst = (cluster: ClusterId, name: string): boolean => {
      const clusters = reached.get(`${context}/${name}`);
      // A mistake may hide where a dependency goes. Where it stands and is held it counts; who is new to the cluster waits until that is known.
      return clusters?.has(cluster) === true || isHeld({ cluster, context, app: name }) || (!clusters && isNew(cluster));
    };
    const dependencies = (cluster: ClusterId): readonly string[] => names.filter((name) => isFirst(cluster, name));
    origins.set(key(placement), { kind: 'app', cloud, placement, dependencies, wave: waves(placement) });
  }
  return ({ context, app }) => {
    const origin = origins.get(`${context}/${app}`);
    if (!origin) throw new Error(`An instance that was not placed: ${context}/${app}`);
    return origin;
  };
}

function key({ deployment, app }: Placement): string {
  return `${deployment.context.id}/${app.value.name}`;
}

/** Where the origin's name stands. */
export function sourceOf(origin: Origin): Source {
  return origin.kind === 'app' ? origin.placement.app.at(['name']) : origin.cloud.at(['metadata', 'name']);
}

/** What a mistake of the instance holds. */
export function reachOf({ owner, instance }: StampedInstance): Reach {
  return { kind: 'context', context: owner, ...(owner.kind === 'DeploymentIntent' && { app: instance.app }) };
}
