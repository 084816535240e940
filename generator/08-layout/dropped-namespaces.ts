import { diagnose } from '../diagnostics/diagnose.ts';
import { namespacesOf } from '../lib/cloud-namespaces.ts';
import { compareText } from '../lib/order.ts';
import { type ClusterId, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { History } from '../model/history.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Directory } from './directory.ts';

export interface DroppedRequest {
  /** What is about to be written. */
  readonly instances: readonly StampedInstance[];
  readonly directory: Directory;
  readonly history: History;
}

interface Dropped {
  readonly cloud: KnownCloud;
  readonly namespace: string;
  readonly clusters: ClusterId[];
}

/**
 * Warns of namespaces that a cloud had beside others and has no longer: once for each. The one namespace of a cloud that had one only moves with its apps;
 * one that another cloud is to have is an error of its own.
 */
export function droppedNamespaces({ instances, directory, history }: DroppedRequest): readonly Diagnostic[] {
  const found = new Map<string, Dropped>();
  const clouds = instances
    .filter(({ instance }) => instance.app === LOGICAL_CLOUD_APP)
    .map(({ instance }) => ({ instance, ...directory(instance) }));
  const tenants = new Set(clouds.flatMap(({ instance, cloud }) => namespacesOf(cloud).map(({ name }) => `${instance.cluster}/${name}`)));
  for (const { instance, cloud } of clouds) {
    const past = history.namespacesOn(instance.cluster, instance.context);
    if (past.length < 2) continue;
    for (const namespace of past.filter((name) => !tenants.has(`${instance.cluster}/${name}`)).sort(compareText)) {
      const key = `${instance.context} ${namespace}`;
      const dropped = found.get(key) ?? { cloud, namespace, clusters: [] };
      found.set(key, dropped);
      dropped.clusters.push(instance.cluster);
    }
  }
  return [...found.values()].map(({ cloud, namespace, clusters }) => {
    const { context, at } = cloud;
    const path = cloud.value.spec.namespaces ? ['spec', 'namespaces'] : ['metadata', 'name'];
    const where = { source: at(path, 'key'), reach: { kind: 'context', context } } as const;
    return diagnose('namespace-dropped', { cloud: context.name, namespace, clusters }, where);
  });
}
