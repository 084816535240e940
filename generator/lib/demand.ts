import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Demand, Resources } from '../model/demand.ts';
import { groupOf } from './kube-names.ts';
import { sortBy } from './order.ts';
import { formatQuantity, isBytes, type Nano, parseQuantity } from './quantity.ts';

type Amounts = ReadonlyMap<string, Nano>;

const NOTHING: Amounts = new Map();

/**
 * What objects request of a cluster: every pod's requests, times its replicas. Pods of a DaemonSet count per node, because nothing here knows the
 * nodes; a CronJob counts like one run of it. Quantities that nobody can read count as nothing.
 */
export function demandOf(objects: readonly KubeObject[]): Demand {
  const workloads = objects.map(workloadOf).filter((workload) => workload !== undefined);
  const sum = (some: typeof workloads): Resources =>
    toResources(some.map(({ pod, count }) => times(podDemand(pod), count)).reduce(plus, NOTHING));
  return { total: sum(workloads.filter(({ isPerNode }) => !isPerNode)), perNode: sum(workloads.filter(({ isPerNode }) => isPerNode)) };
}

interface Workload {
  readonly pod: JsonObject;
  readonly count: bigint;
  readonly isPerNode: boolean;
}

function workloadOf({ apiVersion, kind, spec }: KubeObject): Workload | undefined {
  const own = members(spec);
  const template = (from: JsonObject): JsonObject => members(members(from['template'])['spec']);
  switch (`${groupOf(apiVersion)}/${kind}`) {
    case '/Pod':
      return { pod: own, count: 1n, isPerNode: false };
    case '/ReplicationController':
    case 'apps/Deployment':
    case 'apps/ReplicaSet':
    case 'apps/StatefulSet':
      return { pod: template(own), count: countOf(own['replicas']), isPerNode: false };
    case 'apps/DaemonSet':
      return { pod: template(own), count: 1n, isPerNode: true };
    case 'batch/Job':
      return { pod: template(own), count: countOf(own['parallelism']), isPerNode: false };
    case 'batch/CronJob': {
      const job = members(members(own['jobTemplate'])['spec']);
      return { pod: template(job), count: countOf(job['parallelism']), isPerNode: false };
    }
    default:
      return undefined;
  }
}

/** Kubernetes' default is one. */
function countOf(value: Json | undefined): bigint {
  const isCount = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
  return isCount && value >= 0 ? BigInt(value) : 1n;
}

/**
 * A pod's effective requests: its containers with the sidecars, or an init container with the sidecars before it if that is more, and the
 * overhead. Source: Kubernetes, "Pod quality of service" and "Sidecar containers".
 */
function podDemand(pod: JsonObject): Amounts {
  let sidecars = NOTHING;
  let largest = NOTHING;
  for (const container of listOf(pod['initContainers'])) {
    const asked = requestsOf(container);
    if (members(container)['restartPolicy'] === 'Always') {
      sidecars = plus(sidecars, asked);
      largest = most(largest, sidecars);
    } else {
      largest = most(largest, plus(sidecars, asked));
    }
  }
  const running = plus(sidecars, listOf(pod['containers']).map(requestsOf).reduce(plus, NOTHING));
  return plus(most(running, largest), amountsOf(pod['overhead']));
}

/** A limit without a request is the request too. */
function requestsOf(container: Json): Amounts {
  const { requests, limits } = members(members(container)['resources']);
  return new Map([...amountsOf(limits), ...amountsOf(requests)]);
}

function amountsOf(value: Json | undefined): Amounts {
  return new Map(
    Object.entries(members(value)).flatMap(([resource, quantity]): (readonly [string, Nano])[] => {
      const isReadable = typeof quantity === 'string' || typeof quantity === 'number' || typeof quantity === 'bigint';
      const amount = isReadable ? parseQuantity(quantity) : undefined;
      return amount === undefined ? [] : [[resource, amount]];
    }),
  );
}

/** Quantities as declared, each written in one way; `undefined` for what is none. */
export function declaredDemand(declared: Readonly<Record<string, string | number>>): Demand {
  return { total: toResources(amountsOf(declared)), perNode: {} };
}

function toResources(amounts: Amounts): Resources {
  const entries = sortBy(
    [...amounts].filter(([, amount]) => amount !== 0n),
    ([resource]) => resource,
  );
  return Object.fromEntries(entries.map(([resource, amount]) => [resource, formatQuantity(amount, { isBytes: isBytes(resource) })]));
}

function plus(a: Amounts, b: Amounts): Amounts {
  return merge(a, b, (one, other) => one + other);
}

function most(a: Amounts, b: Amounts): Amounts {
  return merge(a, b, (one, other) => (one > other ? one : other));
}

function merge(a: Amounts, b: Amounts, join: (one: Nano, other: Nano) => Nano): Amounts {
  const merged = new Map(a);
  for (const [resource, amount] of b) merged.set(resource, join(merged.get(resource) ?? 0n, amount));
  return merged;
}

function times(amounts: Amounts, count: bigint): Amounts {
  return new Map([...amounts].map(([resource, amount]) => [resource, amount * count]));
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function members(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
