import { toContext } from '../lib/hash.ts';
import { type ContextId, instanceKey, type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';

export function isCloud({ app }: InstanceRef): boolean {
  return app === LOGICAL_CLOUD_APP;
}

interface Asked {
  readonly intents: Pick<Intents, 'clouds'>;
  readonly committed: readonly InstanceRef[];
  readonly history?: History;
}

/**
 * Tells of a committed logical cloud whether an app that is committed on the same cluster uses it, as its decision says. An app that tells of no cloud
 * which has a document, or stands there, may use any.
 */
export function usedClouds({ intents, committed, history }: Asked): (cloud: InstanceRef) => boolean {
  const kept = new Map(intents.clouds.map(({ context }) => [`${context.namespace}/${context.name}`, context.id]));
  const cloudOf = (context: ContextId): ContextId | undefined => {
    const ref = history?.cloudOf(context);
    return ref && (kept.get(`${ref.namespace}/${ref.name}`) ?? toContext(ref).id);
  };
  const described = new Set(kept.values());
  const standing = new Set(committed.filter(isCloud).map(instanceKey));
  const used = new Map<string, Set<ContextId | 'any'>>();
  for (const ref of committed) {
    if (isCloud(ref)) continue;
    const cloud = cloudOf(ref.context);
    const isThere =
      cloud !== undefined && (described.has(cloud) || standing.has(instanceKey({ ...ref, context: cloud, app: LOGICAL_CLOUD_APP })));
    used.set(ref.cluster, (used.get(ref.cluster) ?? new Set()).add(isThere ? cloud : 'any'));
  }
  return ({ cluster, context }) => {
    const clouds = used.get(cluster);
    return clouds !== undefined && (clouds.has(context) || clouds.has('any'));
  };
}
