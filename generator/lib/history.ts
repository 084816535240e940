import { type ClusterId, type ContextId, type ContextRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Committed, CommittedFile } from '../model/file.ts';
import type { History } from '../model/history.ts';
import { toContext } from './hash.ts';
import { readInstancePath } from './instance-path.ts';

/** Reads it from the decisions' beginnings, and from the paths of the clouds' namespaces. */
export function readHistory(committed: Committed): History {
  const names = new Map<ContextId, ContextRef>();
  const ids = new Map<string, Set<ContextId>>();
  const clouds = new Map<ContextId, ContextRef>();
  const namespaces = new Map<string, string>();
  for (const file of committed.values()) {
    if (!file.isMarked) continue;
    const decision = readDecision(file);
    if (decision) {
      const { context, deployment, cloud } = decision;
      names.set(context, deployment);
      const key = fullName(deployment);
      ids.set(key, (ids.get(key) ?? new Set()).add(context));
      if (cloud) {
        clouds.set(context, cloud);
        names.set(toContext(cloud).id, cloud);
      }
    }
    const namespace = readNamespace(file.path);
    if (namespace) namespaces.set(`${namespace.cluster}/${namespace.cloud}`, namespace.name);
  }
  return {
    nameOf: (context) => names.get(context),
    idsOf: (deployment) => [...(ids.get(fullName(deployment)) ?? [])],
    cloudOf: (deployment) => clouds.get(deployment),
    namespaceOn: (cluster, cloud) => namespaces.get(`${cluster}/${cloud}`),
  };
}

interface PastDecision {
  readonly deployment: ContextRef;
  readonly context: ContextId;
  readonly cloud: ContextRef | undefined;
}

/** Names are DNS labels, so that at most quotes are to be taken off; what a hand edit made of them is no name, and ignored. */
function readDecision({ path, head = '' }: CommittedFile): PastDecision | undefined {
  if (!path.startsWith('clusters/decisions/')) return undefined;
  const [, namespace, name] = /^clusters\/decisions\/([^/.]+)\.([^/.]+)\/[^/]+\.yaml$/.exec(path) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  const deployment = { kind: 'DeploymentIntent', namespace, name } as const;
  const id = /^ {2}contextId: "?([0-9]{1,19})"?\r?$/m.exec(head)?.[1] as ContextId | undefined;
  const cloud = /^ {2}logicalCloud: "?([a-z0-9-]{1,63})"?\r?$/m.exec(head)?.[1];
  return {
    deployment,
    context: id ?? toContext(deployment).id,
    cloud: cloud === undefined ? undefined : { kind: 'LogicalCloud', namespace, name: cloud },
  };
}

function readNamespace(path: string): { readonly cluster: ClusterId; readonly cloud: ContextId; readonly name: string } | undefined {
  // Few paths end so; the others are not worth an expression.
  if (!path.endsWith(NAMESPACE_FILE)) return undefined;
  const { instance, file } = readInstancePath(path) ?? {};
  if (!instance || instance.app !== LOGICAL_CLOUD_APP || file === NAMESPACE_FILE.slice(1)) return undefined;
  return { cluster: instance.cluster, cloud: instance.context, name: (file ?? '').slice(0, -NAMESPACE_FILE.length) };
}

const NAMESPACE_FILE = '-namespace.yaml';

function fullName({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}
