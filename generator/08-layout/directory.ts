import { type ClusterId, type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { Reach } from '../model/diagnostic.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Source } from '../model/source.ts';

/** What an instance was made from. */
export type Origin =
  | {
      readonly kind: 'app';
      readonly cloud: KnownCloud;
      readonly placement: Placement;
      readonly dependencies: (cluster: ClusterId) => readonly string[];
    }
  | { readonly kind: 'cloud'; readonly cloud: KnownCloud };

/** Finds an instance's origin. */
export type Directory = (instance: InstanceRef) => Origin;

export function createDirectory(placements: readonly Placement[], clouds: readonly KnownCloud[]): Directory {
  const origins = new Map<string, Origin>();
  for (const cloud of clouds) origins.set(`${cloud.context.id}/${LOGICAL_CLOUD_APP}`, { kind: 'cloud', cloud });
  const reached = new Map(placements.map((placement) => [key(placement), new Set(placement.clusters.map(({ id }) => id))]));
  for (const placement of placements) {
    const { app, cloud, deployment } = placement;
    const names = [...new Set(app.value.dependsOn?.map((dependency) => dependency.app))].sort();
    const dependencies = (cluster: ClusterId): readonly string[] =>
      names.filter((name) => reached.get(`${deployment.context.id}/${name}`)?.has(cluster) ?? false);
    origins.set(key(placement), { kind: 'app', cloud, placement, dependencies });
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
