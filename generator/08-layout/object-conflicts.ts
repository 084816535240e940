import { diagnose } from '../diagnostics/diagnose.ts';
import { groupBy } from '../lib/group-by.ts';
import { namespaceOf } from '../lib/kube-names.ts';
import type { Memory } from '../lib/memo.ts';
import { headsOf } from '../lib/printed-heads.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KubeObject } from '../model/kube.ts';
import type { PrintedHead, StampedInstance } from '../model/render.ts';
import { type Directory, type Origin, reachOf, sourceOf } from './directory.ts';

interface Conflict {
  readonly one: StampedInstance;
  readonly other: StampedInstance;
  readonly objects: Map<string, KubeObject>;
  readonly clusters: Set<ClusterId>;
}

/** Objects that two instances of one cluster write: told once for each pair of apps, for the reach of both; where one is a logical cloud, only the app is held. */
export function objectConflicts(instances: readonly StampedInstance[], directory: Directory): readonly Diagnostic[] {
  return findConflicts(instances).flatMap((conflict) => {
    const { one, other } = conflict;
    const origins = [directory(one.instance), directory(other.instance)] as const;
    // Two clouds meet in their namespace, which is a finding of its own.
    if (origins.every(({ kind }) => kind === 'cloud')) return [];
    const told = origins[0].kind === 'app' ? origins : ([origins[1], origins[0]] as const);
    return [one, other].filter((_, index) => origins[index]?.kind === 'app').map((held) => report(conflict, held, told));
  });
}

/** The same again and again: only clusters where somebody's list of objects changed, or where there were conflicts, are looked at. */
export function createConflictSearch(memory: Memory): typeof objectConflicts {
  const searched = memory.memo<ClusterId, boolean>();
  return (instances, directory) => {
    const suspects = [...groupByCluster(instances)].flatMap(([cluster, neighbours]) => {
      const inputs = neighbours.map((stamped) => identitiesOf(headsOf(stamped)));
      return searched.get(cluster, inputs, () => findConflicts(neighbours).length > 0) ? [cluster] : [];
    });
    if (suspects.length === 0) return [];
    const among = new Set(suspects);
    return objectConflicts(
      instances.filter(({ instance }) => among.has(instance.cluster)),
      directory,
    );
  };
}

const lists = new WeakMap<readonly PrintedHead[], string>();

/** Identities as one text, which stays the same as long as they do. */
function identitiesOf(heads: readonly PrintedHead[]): string {
  const known = lists.get(heads);
  if (known !== undefined) return known;
  const text = heads.map(({ identity }) => identity).join('\n');
  lists.set(heads, text);
  return text;
}

function findConflicts(instances: readonly StampedInstance[]): readonly Conflict[] {
  const conflicts = new Map<string, Conflict>();
  for (const [cluster, neighbours] of groupByCluster(instances)) {
    const writers = new Map<string, StampedInstance>();
    for (const other of neighbours) {
      for (const [index, { identity }] of headsOf(other).entries()) {
        const one = writers.get(identity);
        if (!one) writers.set(identity, other);
        // The same instance twice is found when it is stamped.
        if (!one || one === other) continue;
        const pair = [one, other].map(({ instance: { context, app } }) => `${context}/${app}`).join(' ');
        const conflict = conflicts.get(pair) ?? { one, other, objects: new Map<string, KubeObject>(), clusters: new Set<ClusterId>() };
        const object = other.objects[index];
        if (object) conflict.objects.set(identity, object);
        conflict.clusters.add(cluster);
        conflicts.set(pair, conflict);
      }
    }
  }
  return [...conflicts.values()];
}

/** Instances by cluster, in their order. */
export function groupByCluster(instances: readonly StampedInstance[]): ReadonlyMap<ClusterId, readonly StampedInstance[]> {
  return groupBy(instances, ({ instance }) => instance.cluster);
}

function report({ objects, clusters }: Conflict, held: StampedInstance, [own, other]: readonly [Origin, Origin]): Diagnostic {
  const [object] = objects.values();
  const [cluster = ''] = clusters;
  const args = { app: describe(own), other: describe(other), object: object ? describeObject(object) : '', cluster };
  return diagnose(
    'object-conflict',
    { ...args, moreObjects: objects.size - 1, moreClusters: clusters.size - 1 },
    { source: sourceOf(own), related: [{ message: 'The other one', source: sourceOf(other) }], reach: reachOf(held) },
  );
}

function describe(origin: Origin): string {
  const { context } = origin.kind === 'app' ? origin.placement.deployment : origin.cloud;
  const name = `"${context.namespace}/${context.name}"`;
  return origin.kind === 'app' ? `app "${origin.placement.app.value.name}" of ${name}` : `logical cloud ${name}`;
}

function describeObject(object: KubeObject): string {
  const namespace = namespaceOf(object);
  return `${object.kind} "${object.metadata.name}"${namespace === undefined ? '' : ` in namespace "${namespace}"`}`;
}
