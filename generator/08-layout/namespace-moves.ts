import { diagnose } from '../diagnostics/diagnose.ts';
import { namespacePath } from '../lib/cloud-namespaces.ts';
import { toContext } from '../lib/hash.ts';
import { namespaceOf } from '../lib/kube-names.ts';
import { objectTitles } from '../lib/object-title.ts';
import { isStateful } from '../lib/stateful.ts';
import type { ClusterId, ContextRef } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { History } from '../model/history.ts';
import type { Intents, KnownCloud, KnownDeployment } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Directory } from './directory.ts';
import { pastNamespaces } from './past-namespace.ts';
import type { Standing } from './standing.ts';

export interface NamespaceRequest {
  readonly intents: Intents;
  /** What is about to be written. */
  readonly instances: readonly StampedInstance[];
  readonly directory: Directory;
  readonly isStanding: Standing;
  readonly history: History;
}

interface Move {
  readonly cloud: KnownCloud;
  readonly deployment: KnownDeployment;
  /** The cloud that the deployment was in, if that was another one. */
  readonly pastCloud: ContextRef | undefined;
  readonly was: string;
  readonly apps: Set<string>;
  readonly clusters: Set<ClusterId>;
  readonly stateful: KubeObject[];
}

/**
 * Finds apps whose committed objects are in another Kubernetes namespace than the one they would be written to now: a logical cloud's namespace
 * was changed, or a deployment's logical cloud. Told once for each cloud or deployment that moves.
 */
export function namespaceMoves({ intents, instances, directory, isStanding, history }: NamespaceRequest): readonly Diagnostic[] {
  const pastNamespace = pastNamespaces(history, intents);
  const moves = new Map<string, Move>();
  for (const stamped of instances) {
    const { instance } = stamped;
    const origin = directory(instance);
    if (origin.kind !== 'app') continue;
    const { cloud, placement } = origin;
    const was = pastNamespace(instance);
    if (was === undefined || was === cloud.namespace || !isStanding(instance)) continue;
    // Asked for last: an instance's objects may have to be made first.
    const inside = stamped.objects.filter((object) => namespaceOf(object) === cloud.namespace);
    if (inside.length === 0) continue;
    const { deployment } = placement;
    const past = history.cloudOf(instance.context);
    // A cloud that was renamed and kept its id is the same one.
    const pastCloud = past && past.name !== cloud.context.name && toContext(past).id !== cloud.context.id ? past : undefined;
    const key = `${pastCloud ? deployment.context.id : ''} ${cloud.context.id} ${was}`;
    const move = moves.get(key) ?? { cloud, deployment, pastCloud, was, apps: new Set(), clusters: new Set(), stateful: [] };
    moves.set(key, move);
    move.apps.add(`${deployment.context.id}/${instance.app}`);
    move.clusters.add(instance.cluster);
    move.stateful.push(...inside.filter(isStateful));
  }
  return [...moves.values()].map(report);
}

function report({ cloud, deployment, pastCloud, was, apps, clusters, stateful }: Move): Diagnostic {
  const args = {
    was,
    namespace: cloud.namespace,
    apps: apps.size,
    clusters: clusters.size,
    stateful: objectTitles(stateful),
  };
  if (pastCloud) {
    const what = `deployment "${deployment.context.name}"`;
    const where = { source: deployment.at(['spec', 'logicalCloud']), reach: { kind: 'context', context: deployment.context } } as const;
    return diagnose('changed-namespace', { ...args, what, undo: `logicalCloud: ${pastCloud.name}` }, where);
  }
  const where = { source: cloud.at(namespacePath(cloud)), reach: { kind: 'context', context: cloud.context } } as const;
  return diagnose('changed-namespace', { ...args, what: `logical cloud "${cloud.context.name}"`, undo: `namespace: ${was}` }, where);
}
