import { diagnose } from '../diagnostics/diagnose.ts';
import { namespacePath, namespacesOf } from '../lib/cloud-namespaces.ts';
import { type ClusterId, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { Providers } from '../model/provider.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Directory } from './directory.ts';

/** Namespaces that no tenant may have, whatever the agent of its clusters: a cloud must be able to move to any. */
export function checkReserved(clouds: readonly KnownCloud[], providers: Providers): readonly Diagnostic[] {
  const isReserved = reservedIn(providers);
  return clouds.flatMap((cloud) =>
    namespacesOf(cloud)
      .filter(({ name }) => isReserved(name))
      .map(({ name }) => diagnose('reserved-namespace', { cloud: cloud.context.name, namespace: name }, whereNamespace(cloud, name))),
  );
}

interface Pair {
  readonly cloud: KnownCloud;
  readonly other: KnownCloud;
  readonly namespace: string;
  readonly clusters: ClusterId[];
}

/** Two clouds with one namespace on one cluster: told once, however many clusters they share, for the reach of both. */
export function checkShared(instances: readonly StampedInstance[], directory: Directory): readonly Diagnostic[] {
  const tenants = new Map<string, KnownCloud[]>();
  const pairs = new Map<string, Pair>();
  for (const { instance } of instances) {
    if (instance.app !== LOGICAL_CLOUD_APP) continue;
    const origin = directory(instance);
    if (origin.kind !== 'cloud') continue;
    const { cloud } = origin;
    for (const { name: namespace } of namespacesOf(cloud)) {
      const place = `${instance.cluster}/${namespace}`;
      const others = tenants.get(place) ?? [];
      for (const other of others.filter((one) => one !== cloud)) {
        const key = `${cloud.context.id}/${other.context.id}/${namespace}`;
        const pair = pairs.get(key) ?? { cloud, other, namespace, clusters: [] };
        pair.clusters.push(instance.cluster);
        pairs.set(key, pair);
      }
      tenants.set(place, [...others, cloud]);
    }
  }
  return [...pairs.values()].flatMap((pair) => {
    const found = shared(pair);
    return [found, { ...found, reach: whereNamespace(pair.other).reach }];
  });
}

function shared({ cloud, other, namespace, clusters }: Pair): Diagnostic {
  const [cluster = ''] = clusters;
  const where = whereNamespace(cloud, namespace);
  const related = [{ message: 'The other logical cloud', source: whereNamespace(other, namespace).source }];
  const names = { cloud: nameOf(cloud), other: nameOf(other) };
  return diagnose('shared-namespace', { ...names, namespace, cluster, more: clusters.length - 1 }, { ...where, related });
}

function nameOf({ context }: KnownCloud): string {
  return `${context.namespace}/${context.name}`;
}

function whereNamespace(cloud: KnownCloud, namespace?: string) {
  const { at, context } = cloud;
  return { source: at(namespacePath(cloud, namespace)), reach: { kind: 'context', context } } as const;
}

/** Tells of a namespace whether it is Kubernetes' own, or an agent's. */
export function reservedIn(providers: Providers): (namespace: string) => boolean {
  const reserved = new Set(Object.values(providers).flatMap(({ reservedNamespaces }) => [...reservedNamespaces]));
  return (name) => name === 'default' || name.startsWith('kube-') || reserved.has(name);
}
