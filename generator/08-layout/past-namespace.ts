import { toContext } from '../lib/hash.ts';
import { type ClusterId, type ContextId, type ContextRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';

/** The Kubernetes namespace in which the committed objects of a context are on a cluster; `undefined`: nothing tells. */
export type PastNamespace = (place: {
  readonly cluster: ClusterId;
  readonly context: ContextId;
  readonly app: string;
}) => string | undefined;

export function pastNamespaces(history: History, { clouds }: Pick<Intents, 'clouds'>): PastNamespace {
  const kept = new Map(clouds.map(({ context }) => [`${context.namespace}/${context.name}`, context.id]));
  return ({ cluster, context, app }) => {
    if (app === LOGICAL_CLOUD_APP) return history.namespaceOn(cluster, context);
    const cloud = history.cloudOf(context);
    return cloud && history.namespaceOn(cluster, kept.get(`${cloud.namespace}/${cloud.name}`) ?? idOf(cloud));
  };
}

function idOf(cloud: ContextRef): ContextId {
  return toContext(cloud).id;
}
