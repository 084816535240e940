import { readInstancePath } from '../lib/instance-path.ts';
import { compareText, sortBy } from '../lib/order.ts';
import { partsOf } from '../lib/parts.ts';
import { statefulObject } from '../lib/stateful.ts';
import type { ChangeSet } from '../model/change.ts';
import { type ClusterId, type Context, type ContextId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Committed, Owner } from '../model/file.ts';
import type { History } from '../model/history.ts';
import type { Removal } from '../model/removal.ts';
import type { ReasonFinder } from './removal-reasons.ts';
import type { RepoPath } from '../model/source.ts';

export interface RemovalsRequest {
  /** The contexts that documents speak of. */
  readonly contexts: ReadonlyMap<ContextId, Context>;
  readonly history: History;
  /** Instances whose agent was told to leave their objects. */
  readonly left: ReadonlySet<InstanceKey>;
  readonly committed: Committed;
  readonly ownerOf: (path: RepoPath) => Owner | undefined;
  readonly reasonsFor: ReasonFinder;
}

interface Gathered {
  readonly instance: InstanceRef;
  readonly clusters: Set<ClusterId>;
  readonly leftOn: Set<ClusterId>;
  readonly stateful: Set<string>;
  objects: number;
}

/** What a plan takes away, by context and app. An instance goes when nothing of it is left; what is only replaced within one is no removal. */
export function removalsOf({ changes }: ChangeSet, request: RemovalsRequest): readonly Removal[] {
  const { contexts, history, left, reasonsFor } = request;
  const deleted = changes.flatMap(({ path, owner, after }) =>
    after === undefined && owner.kind === 'instance' ? [{ file: readInstancePath(path)?.file, instance: owner.instance }] : [],
  );
  const gone = goneWith(changes, request);
  const apps = new Map<string, Gathered>();
  for (const { file, instance } of deleted) {
    if (!gone.has(instanceKey(instance))) continue;
    const key = `${instance.context}/${instance.app}`;
    const app = apps.get(key) ?? { instance, clusters: new Set(), leftOn: new Set(), stateful: new Set(), objects: 0 };
    apps.set(key, app);
    app.clusters.add(instance.cluster);
    if (left.has(instanceKey(instance))) app.leftOn.add(instance.cluster);
    // A reference is none of its objects, nor is the list of them.
    if (file === undefined || file === INDEX) continue;
    const stateful = statefulObject(file);
    if (stateful !== undefined) app.stateful.add(stateful);
    app.objects += 1;
  }
  const removals = [...apps.values()].map(({ instance: { context, app }, clusters, leftOn, stateful, objects }): Removal => {
    const owner = contexts.get(context) ?? history.nameOf(context);
    const from = [...clusters].sort(compareText);
    return {
      context,
      ...(owner && { owner: { kind: owner.kind, namespace: owner.namespace, name: owner.name } }),
      hasDocument: contexts.has(context),
      app,
      clusters: from,
      objects,
      stateful: [...stateful].sort(compareText),
      leftOn: [...leftOn].sort(compareText),
      reasons: reasonsFor(context, app, from),
    };
  });
  return sortBy(removals, ({ owner, context, app }) => `${owner ? `${owner.namespace}/${owner.name}` : '~'}/${context}/${app}`);
}

const INDEX = 'kustomization.yaml';

/** Instances that lose files, and have none when the changes are made. */
function goneWith(changes: ChangeSet['changes'], { committed, ownerOf }: RemovalsRequest): ReadonlySet<InstanceKey> {
  const gone = new Set<InstanceKey>();
  for (const { owner, after } of changes) if (after === undefined && owner.kind === 'instance') gone.add(instanceKey(owner.instance));
  if (gone.size === 0) return gone;
  for (const { owner, after } of changes) if (after !== undefined && owner.kind === 'instance') gone.delete(instanceKey(owner.instance));
  const deleted = new Set(changes.filter(({ after }) => after === undefined).map(({ path }) => path));
  const clusters = new Set([...gone].map((key) => key.slice(0, key.indexOf('/'))));
  const parts = [...partsOf(committed)].filter(([name]) => clusters.has(name));
  for (const [, part] of parts) {
    for (const { path, isMarked } of part.values()) {
      const owner = isMarked && !deleted.has(path) ? ownerOf(path) : undefined;
      if (owner?.kind === 'instance') gone.delete(instanceKey(owner.instance));
    }
  }
  return gone;
}
