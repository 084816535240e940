import { type ClusterId, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';
import type { PrintedObject, StampedInstance } from '../model/render.ts';
import { printObject, stampObject } from './stamp-object.ts';
import { prepareObjects, revisionOf } from './stamp-prepare.ts';

/** Makes a logical cloud's own objects an instance. They name their namespaces themselves. The same list of objects is printed once for all clusters. */
export function stampCloud(cloud: KnownCloud, cluster: ClusterId, objects: readonly KubeObject[]): StampedInstance {
  const known = stamped.get(objects);
  const shared = known?.cloud === cloud ? known : { cloud, parts: stampParts(cloud, objects) };
  stamped.set(objects, shared);
  return { instance: { cluster, context: cloud.context.id, app: LOGICAL_CLOUD_APP }, owner: cloud.context, ...shared.parts };
}

type Parts = Pick<StampedInstance, 'objects' | 'printed' | 'revision'>;

const stamped = new WeakMap<readonly KubeObject[], { readonly cloud: KnownCloud; readonly parts: Parts }>();

function stampParts({ context, namespace }: KnownCloud, objects: readonly KubeObject[]): Parts {
  const app = LOGICAL_CLOUD_APP;
  const prepared = prepareObjects(objects);
  const stamp = { deploymentId: `${context.id}-${app}`, app, partOf: context.name, namespace: undefined };
  const whole = prepared.objects.map(({ object, ...parts }) => stampObject(object, stamp, parts));
  const printed = whole.map((object): PrintedObject => {
    const one = printObject(object, namespace);
    let text: string | undefined;
    return { ...one, text: () => (text ??= one.text()) };
  });
  return { objects: whole, printed, revision: revisionOf(prepared, namespace) };
}
