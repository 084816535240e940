import { type ClusterId, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';
import type { StampedInstance } from '../model/render.ts';
import { printObject, stampObject } from './stamp-object.ts';
import { prepareObjects, revisionOf } from './stamp-prepare.ts';

/** Makes a logical cloud's own objects an instance. They name their namespaces themselves. */
export function stampCloud(cloud: KnownCloud, cluster: ClusterId, objects: readonly KubeObject[]): StampedInstance {
  const { context, namespace } = cloud;
  const app = LOGICAL_CLOUD_APP;
  const prepared = prepareObjects(objects);
  const stamp = { deploymentId: `${context.id}-${app}`, app, partOf: context.name, namespace: undefined };
  const stamped = prepared.objects.map(({ object, ...parts }) => stampObject(object, stamp, parts));
  return {
    instance: { cluster, context: context.id, app },
    owner: context,
    objects: stamped,
    printed: stamped.map((object) => printObject(object, namespace)),
    revision: revisionOf(prepared, namespace),
  };
}
