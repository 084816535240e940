import { diagnose } from '../diagnostics/diagnose.ts';
import { type ClusterId, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { Providers } from '../model/provider.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Directory } from './directory.ts';

/** Namespaces that no tenant may have, whatever the agent of its clusters: a cloud must be able to move to any. */
export function checkReserved(clouds: readonly KnownCloud[], providers: Providers): readonly Diagnostic[] {
  const reserved = Object.values(providers).flatMap(({ reservedNamespaces }) => [...reservedNamespaces]);
  return clouds
    .filter(({ namespace }) => namespace === 'default' || namespace.startsWith('kube-') || reserved.includes(namespace))
    .map((cloud) => diagnose('reserved-namespace', { cloud: cloud.context.name, namespace: cloud.namespace }, whereNamespace(cloud)));
}

/** Two clouds with one namespace on one cluster: told once, however many clusters they share, for the reach of both. */
export function checkShared(instances: readonly StampedInstance[], directory: Directory): readonly Diagnostic[] {
  const tenants = new Map<string, KnownCloud[]>();
  const pairs = new Map<string, { readonly cloud: KnownCloud; readonly other: KnownCloud; readonly clusters: ClusterId[] }>();
  for (const { instance } of instances) {
    if (instance.app !== LOGICAL_CLOUD_APP) continue;
    const origin = directory(instance);
    if (origin.kind !== 'cloud') continue;
    const { cloud } = origin;
    const place = `${instance.cluster}/${cloud.namespace}`;
    const others = tenants.get(place) ?? [];
    for (const other of others) {
      const key = `${cloud.context.id}/${other.context.id}`;
      const pair = pairs.get(key) ?? { cloud, other, clusters: [] };
      pair.clusters.push(instance.cluster);
      pairs.set(key, pair);
    }
    tenants.set(place, [...others, cloud]);
  }
  return [...pairs.values()].flatMap(({ cloud, other, clusters }) => {
    const found = shared(cloud, other, clusters);
    return [found, { ...found, reach: whereNamespace(other).reach }];
  });
}

function shared(cloud: KnownCloud, other: KnownCloud, clusters: readonly ClusterId[]): Diagnostic {
  const [cluster = ''] = clusters;
  const where = whereNamespace(cloud);
  const related = [{ message: 'The other logical cloud', source: whereNamespace(other).source }];
  const names = { cloud: nameOf(cloud), other: nameOf(other) };
  return diagnose('shared-namespace', { ...names, namespace: cloud.namespace, cluster, more: clusters.length - 1 }, { ...where, related });
}

function nameOf({ context }: KnownCloud): string {
  return `${context.namespace}/${context.name}`;
}

function whereNamespace({ value, at, context }: KnownCloud) {
  const path = value.spec.namespace === undefined ? ['metadata', 'name'] : ['spec', 'namespace'];
  return { source: at(path), reach: { kind: 'context', context } } as const;
}
