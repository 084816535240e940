import { groupBy, type Some } from '../../lib/group-by.ts';
import { sha256 } from '../../lib/hash.ts';
import { objectIdentity } from '../../lib/kube-names.ts';
import { compareText, sortBy } from '../../lib/order.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ClusterName, Unit } from './model.ts';
import type { SortedUnit, UnitPart } from './sort-out.ts';

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
  const groups = groupBy(
    sorted.flatMap(({ parts }) => parts),
    ({ unit, namespace }) => JSON.stringify([namespace, unit.name]),
  );
  return sortBy(groups, ([key]) => key).flatMap(([, group]) => split(group));
}

function split(group: Some<UnitPart>): readonly Part[] {
  const [{ unit, namespace }] = group;
  const variants = new Map<string, Map<ClusterName, KubeObject>>();
  for (const { unit: own, objects } of group) {
    for (const object of objects) {
      const identity = objectIdentity(object);
      const known = variants.get(identity) ?? new Map<ClusterName, KubeObject>();
      known.set(own.cluster, object);
      variants.set(identity, known);
    }
  }
  const objects = sortBy(variants, ([identity]) => identity).map(([, variant]) => variant);
  const alike = [...groupBy(objects, (variant) => JSON.stringify(clustersOf(variant))).values()];
  return alike.map((some) => {
    const [first] = some;
    const units = group.map((one) => one.unit).filter(({ cluster }) => first.has(cluster));
    const isMain = alike.length === 1 || first.size === group.length;
    const clusters = clustersOf(first);
    return { unit: unit.name, namespace, clusters, objects: some, units, name: isMain ? unit.name : `${unit.name}-${endOf(clusters)}` };
  });
}

function clustersOf(variant: ReadonlyMap<ClusterName, KubeObject>): readonly ClusterName[] {
  return [...variant.keys()].sort(compareText);
}

/** Tells parts of some clusters from each other. */
export function endOf(clusters: readonly ClusterName[]): string {
  const [first = ''] = clusters;
  return clusters.length === 1 ? first.slice(first.indexOf('+') + 1) : sha256(JSON.stringify(clusters)).slice(0, 6);
}
