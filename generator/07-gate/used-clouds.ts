import { toContext } from '../lib/hash.ts';
import { type ContextId, instanceKey, type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { GateRequest } from './gate.ts';

export function isCloud({ app }: InstanceRef): boolean {
  return app === LOGICAL_CLOUD_APP;
}

type Asked = Pick<GateRequest, 'intents' | 'committed' | 'history'>;

/**
 * Tells of a committed logical cloud whether an app that is committed on the same cluster uses it, as its decision says. An app that does not tell of a
 * cloud which stands there may use any.
 */
export function usedClouds({ intents, committed, history }: Asked): (cloud: InstanceRef) => boolean {
  const kept = new Map(intents.clouds.map(({ context }) => [`${context.namespace}/${context.name}`, context.id]));
  const cloudOf = (context: ContextId): ContextId | undefined => {
    const ref = history?.cloudOf(context);
    return ref && (kept.get(`${ref.namespace}/${ref.name}`) ?? toContext(ref).id);
  };
  const standing = new Set(committed.filter(isCloud).map(instanceKey));
  const used = new Map<string, Set<ContextId | 'any'>>();
  for (const ref of committed) {
    if (isCloud(ref)) continue;
    const cloud = cloudOf(ref.context);
    const isThere = cloud !== undefined && standing.has(instanceKey({ ...ref, context: cloud, app: LOGICAL_CLOUD_APP }));
    used.set(ref.cluster, (used.get(ref.cluster) ?? new Set()).add(isThere ? cloud : 'any'));
  }
  return ({ cluster, context }) => {
    const clouds = used.get(cluster);
    return clouds !== undefined && (clouds.has(context) || clouds.has('any'));
  };
}
