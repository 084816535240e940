import { compareText, sortBy } from '../lib/order.ts';
import { statefulObject } from '../lib/stateful.ts';
import type { ChangeSet } from '../model/change.ts';
import type { ClusterId, Context, ContextId, InstanceKey, InstanceRef } from '../model/context.ts';
import { instanceKey } from '../model/context.ts';
import type { History } from '../model/history.ts';
import type { Removal } from '../model/removal.ts';

export interface RemovalsRequest {
  /** The contexts that documents speak of. */
  readonly contexts: ReadonlyMap<ContextId, Context>;
  readonly history: History;
  /** Instances whose agent was told to leave their objects. */
  readonly left: ReadonlySet<InstanceKey>;
}

interface Gathered {
  readonly instance: InstanceRef;
  readonly clusters: Set<ClusterId>;
  readonly leftOn: Set<ClusterId>;
  readonly stateful: Set<string>;
  objects: number;
}

/** What a plan takes away, by context and app. An instance goes when the list of its files goes; what is only replaced within one is no removal. */
export function removalsOf({ changes }: ChangeSet, { contexts, history, left }: RemovalsRequest): readonly Removal[] {
  const deleted = changes.flatMap(({ path, owner, after }) => {
    const [, file] = /^clusters\/[^/]+\/context\/[^/]+\/app\/[^/]+\/([^/]+)$/.exec(path) ?? [];
    return after === undefined && owner.kind === 'instance' && file !== undefined ? [{ file, instance: owner.instance }] : [];
  });
  const gone = new Set(deleted.flatMap(({ file, instance }) => (file === INDEX ? [instanceKey(instance)] : [])));
  const apps = new Map<string, Gathered>();
  for (const { file, instance } of deleted) {
    if (!gone.has(instanceKey(instance))) continue;
    const key = `${instance.context}/${instance.app}`;
    const app = apps.get(key) ?? { instance, clusters: new Set(), leftOn: new Set(), stateful: new Set(), objects: 0 };
    apps.set(key, app);
    app.clusters.add(instance.cluster);
    if (left.has(instanceKey(instance))) app.leftOn.add(instance.cluster);
    const stateful = statefulObject(file);
    if (stateful !== undefined) app.stateful.add(stateful);
    if (file !== INDEX) app.objects += 1;
  }
  const removals = [...apps.values()].map(({ instance: { context, app }, clusters, leftOn, stateful, objects }): Removal => {
    const owner = contexts.get(context) ?? history.nameOf(context);
    return {
      context,
      ...(owner && { owner: { kind: owner.kind, namespace: owner.namespace, name: owner.name } }),
      hasDocument: contexts.has(context),
      app,
      clusters: [...clusters].sort(compareText),
      objects,
      stateful: [...stateful].sort(compareText),
      leftOn: [...leftOn].sort(compareText),
    };
  });
  return sortBy(removals, ({ owner, context, app }) => `${owner ? `${owner.namespace}/${owner.name}` : '~'}/${context}/${app}`);
}

const INDEX = 'kustomization.yaml';
