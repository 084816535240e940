import { sha256 } from '../../lib/hash.ts';
import { objectIdentity } from '../../lib/kube-names.ts';
import { compareText, sortBy } from '../../lib/order.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ClusterName, Unit } from './model.ts';
import type { SortedUnit } from './sort-out.ts';

/** Objects of one unit, in one namespace, that the same clusters have: what becomes an app. */
export interface Part {
  readonly unit: string;
  readonly namespace: string;
  /** Sorted. */
  readonly clusters: readonly ClusterName[];
  /** How each object looks on each of the clusters, by its identity; sorted. */
  readonly objects: readonly ReadonlyMap<ClusterName, KubeObject>[];
  readonly units: readonly Unit[];
  /** What the app would like to be called. */
  readonly name: string;
}

/** Puts together what units of one name have in a namespace on several clusters, and apart what only some of them have. */
export function partsOf(sorted: readonly SortedUnit[]): readonly Part[] {
  const groups = new Map<string, { readonly sorted: SortedUnit; readonly objects: readonly KubeObject[] }[]>();
  for (const one of sorted) {
    for (const [namespace, objects] of one.byNamespace) {
      const key = JSON.stringify([namespace, one.unit.name]);
      groups.set(key, [...(groups.get(key) ?? []), { sorted: one, objects }]);
    }
  }
  return sortBy(groups, ([key]) => key).flatMap(([key, group]) => {
    const [namespace = '', unit = ''] = JSON.parse(key) as readonly string[];
    return split(group, { namespace, unit });
  });
}

function split(
  group: readonly { readonly sorted: SortedUnit; readonly objects: readonly KubeObject[] }[],
  { namespace, unit }: { readonly namespace: string; readonly unit: string },
): readonly Part[] {
  const variants = new Map<string, Map<ClusterName, KubeObject>>();
  for (const { sorted, objects } of group) {
    for (const object of objects) {
      const identity = objectIdentity(object);
      const known = variants.get(identity) ?? new Map<ClusterName, KubeObject>();
      known.set(sorted.unit.cluster, object);
      variants.set(identity, known);
    }
  }
  const bySet = new Map<string, ReadonlyMap<ClusterName, KubeObject>[]>();
  for (const [, variant] of sortBy(variants, ([identity]) => identity)) {
    const set = JSON.stringify([...variant.keys()].sort(compareText));
    bySet.set(set, [...(bySet.get(set) ?? []), variant]);
  }
  const most = Math.max(...[...bySet.keys()].map((set) => (JSON.parse(set) as readonly string[]).length));
  const isMain = (clusters: readonly string[]): boolean => bySet.size === 1 || (clusters.length === most && most === group.length);
  return [...bySet].map(([set, objects]) => {
    const clusters = JSON.parse(set) as readonly string[];
    const units = group.map(({ sorted }) => sorted.unit).filter(({ cluster }) => clusters.includes(cluster));
    return { unit, namespace, clusters, objects, units, name: isMain(clusters) ? unit : `${unit}-${endOf(clusters)}` };
  });
}

/** Tells parts of some clusters from each other. */
export function endOf(clusters: readonly ClusterName[]): string {
  const [first = ''] = clusters;
  return clusters.length === 1 ? first.slice(first.indexOf('+') + 1) : sha256(JSON.stringify(clusters)).slice(0, 6);
}
