import { diagnose } from '../diagnostics/diagnose.ts';
import { namespacePath, namespacesOf } from '../lib/cloud-namespaces.ts';
import { type ClusterId, instanceKey, type InstanceKey, type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { History } from '../model/history.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Directory } from './directory.ts';
import type { Standing } from './standing.ts';

export interface PassingRequest {
  /** What is about to be written. */
  readonly instances: readonly StampedInstance[];
  readonly directory: Directory;
  readonly isStanding: Standing;
  readonly history: History;
  /** All instances that have files in the committed tree. */
  readonly standing: readonly InstanceRef[];
  /** All instances that are wanted. */
  readonly wanted: readonly InstanceRef[];
  /** Committed instances whose agent was told to leave their objects when they go. */
  readonly left: ReadonlySet<InstanceKey>;
}

interface Passing {
  readonly cloud: KnownCloud;
  readonly from: InstanceRef;
  readonly namespace: string;
  readonly clusters: ClusterId[];
}

/** Refuses namespaces that another logical cloud has on a cluster in the committed tree: told once for each. Two that both want one are `shared-namespace`. */
export function passedNamespaces(request: PassingRequest): readonly Diagnostic[] {
  const { instances, directory, history, isStanding } = request;
  const owners = committedOwners(request);
  if (owners.size === 0) return [];
  const wanted = new Set(request.wanted.map(instanceKey));
  const clouds = instances
    .filter(({ instance }) => instance.app === LOGICAL_CLOUD_APP)
    .map(({ instance }) => ({ instance, ...directory(instance) }));
  const tenants = new Map(
    clouds.flatMap(({ instance, cloud }) => namespacesOf(cloud).map(({ name }) => [`${instanceKey(instance)} ${name}`, cloud])),
  );
  const found = new Map<string, Passing>();
  for (const { instance, cloud } of clouds) {
    const own = history.namespacesOn(instance.cluster, instance.context);
    for (const { name: namespace } of namespacesOf(cloud)) {
      const from = owners.get(`${instance.cluster}/${namespace}`);
      if (!from || from.context === instance.context || own.includes(namespace) || tenants.has(`${instanceKey(from)} ${namespace}`))
        continue;
      // A whole cloud in place of another one is a change of identity.
      if (!wanted.has(instanceKey(from)) && (!isStanding(instance) || request.left.has(instanceKey(from)))) continue;
      const key = `${from.context} ${cloud.context.id} ${namespace}`;
      const passing = found.get(key) ?? { cloud, from, namespace, clusters: [] };
      found.set(key, passing);
      passing.clusters.push(instance.cluster);
    }
  }
  return [...found.values()].map((passing) => tell(passing, history));
}

function committedOwners({ standing, history }: PassingRequest): ReadonlyMap<string, InstanceRef> {
  const clouds = standing.filter(({ app }) => app === LOGICAL_CLOUD_APP);
  return new Map(clouds.flatMap((ref) => history.namespacesOn(ref.cluster, ref.context).map((name) => [`${ref.cluster}/${name}`, ref])));
}

function tell({ cloud, from, namespace, clusters }: Passing, history: History): Diagnostic {
  const { context, at } = cloud;
  const past = history.nameOf(from.context);
  const was = past ? (`logical cloud "${past.namespace}/${past.name}"` as const) : (`context ${from.context}` as const);
  const reach = { kind: 'context', context, committed: from.context } as const;
  const args = { cloud: `${context.namespace}/${context.name}`, was, namespace, clusters };
  return diagnose('namespace-passed', args, { source: at(namespacePath(cloud, namespace)), reach });
}
