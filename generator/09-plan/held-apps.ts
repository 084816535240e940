import { compareText, sortBy } from '../lib/order.ts';
import type { ChangeSet } from '../model/change.ts';
import type { ClusterId, Context, ContextId } from '../model/context.ts';
import type { HeldApp } from '../model/held.ts';
import type { History } from '../model/history.ts';

export interface Naming {
  /** The contexts that documents speak of. */
  readonly contexts: ReadonlyMap<ContextId, Context>;
  readonly history: History;
}

/** What a plan holds, by context, app and reason. */
export function heldApps({ held, reasons }: Pick<ChangeSet, 'held' | 'reasons'>, { contexts, history }: Naming): readonly HeldApp[] {
  const apps = new Map<string, HeldApp & { readonly clusters: ClusterId[] }>();
  for (const instance of held) {
    const [cluster = '', id = '', app = ''] = instance.split('/');
    const context = id as ContextId;
    const reason = reasons.get(instance) ?? '';
    const owner = contexts.get(context) ?? history.nameOf(context);
    const key = JSON.stringify([context, app, reason]);
    const named = owner && { owner: { kind: owner.kind, namespace: owner.namespace, name: owner.name } };
    const known = apps.get(key) ?? { context, ...named, app, clusters: [], reason };
    apps.set(key, known);
    known.clusters.push(cluster as ClusterId);
  }
  for (const { clusters } of apps.values()) clusters.sort(compareText);
  return sortBy([...apps.values()], ({ owner, context, app }) => `${owner ? `${owner.namespace}/${owner.name}` : '~'}/${context}/${app}`);
}
