/** What must hold once the agents have applied a tree: each check returns its findings. */
import { readFile } from 'node:fs/promises';
import { unready, type Cluster, type LiveKustomization, type LiveObject } from './cluster.ts';
import { inventoryId, type ExpectedKustomization, type TreeObject } from './tree.ts';

const OWNER_NAME = 'kustomize.toolkit.fluxcd.io/name';
const OWNER_NAMESPACE = 'kustomize.toolkit.fluxcd.io/namespace';
const AGENT = 'kustomize-controller';

interface AuditEvent {
  readonly verb: string;
  readonly userAgent?: string;
  readonly requestURI: string;
  readonly impersonatedUser?: { readonly username: string };
  readonly objectRef?: {
    readonly resource: string;
    readonly apiGroup?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: { readonly code: number };
}

interface LivePod extends LiveObject {
  readonly status: { readonly phase: string };
}

export async function kustomizations(cluster: Cluster): Promise<ReadonlyMap<string, LiveKustomization>> {
  const live = await cluster.list<LiveKustomization>('kustomizations.kustomize.toolkit.fluxcd.io', '--all-namespaces');
  return new Map(live.map((object) => [object.metadata.name, object]));
}

/** Kustomizations that are not there, not ready, or not at the commit. */
export async function findUnready(
  cluster: Cluster,
  expected: readonly ExpectedKustomization[],
  commit: string,
): Promise<readonly string[]> {
  const live = await kustomizations(cluster);
  return expected.flatMap(({ name }) => {
    const object = live.get(name);
    if (object === undefined) return [`${name}: absent`];
    const reason = unready(object) ?? (object.status?.lastAppliedRevision?.endsWith(commit) === true ? undefined : 'at another commit');
    return reason === undefined ? [] : [`${name}: ${reason}`];
  });
}

/** Kustomizations whose inventory is not what the tree says. */
export function findInventoryGaps(
  live: ReadonlyMap<string, LiveKustomization>,
  expected: readonly ExpectedKustomization[],
): readonly string[] {
  return expected.flatMap(({ name, objects }) => {
    const wanted = new Set(objects.map(inventoryId));
    const found = new Set(inventoryOf(live.get(name)));
    const missing = [...wanted].filter((id) => !found.has(id)).map((id) => `${name}: ${id} is missing`);
    return [...missing, ...[...found].filter((id) => !wanted.has(id)).map((id) => `${name}: ${id} is not in the tree`)];
  });
}

/** Objects in two inventories, and objects whose labels name another owner than the inventory that lists them. */
export async function findSharedObjects(cluster: Cluster, live: ReadonlyMap<string, LiveKustomization>): Promise<readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const [name, object] of live) for (const id of inventoryOf(object)) owners.set(id, [...(owners.get(id) ?? []), name]);
  const shared = [...owners].filter(([, names]) => names.length > 1).map(([id, names]) => `${id} belongs to ${names.join(' and ')}`);

  const labelled = await labelledObjects(cluster);
  const labels = new Map(labelled.map((object) => [inventoryId(object), object.metadata.labels ?? {}]));
  const foreign = [...owners].flatMap(([id, [owner]]) => {
    const found = labels.get(id);
    return found?.[OWNER_NAME] === owner && found?.[OWNER_NAMESPACE] === live.get(owner ?? '')?.metadata.namespace
      ? []
      : [`${id}: its labels do not name ${owner ?? ''}`];
  });
  const unlisted = [...labels.keys()].filter((id) => !owners.has(id)).map((id) => `${id} is labelled but in no inventory`);
  return [...shared, ...foreign, ...unlisted];
}

/** All objects of the kinds that carry Flux's labels. */
async function labelledObjects(cluster: Cluster): Promise<readonly LiveObject[]> {
  const kinds = (await cluster.kubectl('api-resources', '--verbs=list,delete', '--output=name')).split('\n');
  // What a ReplicaSet or an EndpointSlice inherits from its owner is not the agent's doing.
  const own = kinds.filter((kind) => !/^(events|pods|endpoints|replicasets|controllerrevisions|endpointslices)\b/.test(kind));
  return await cluster.list(own.join(','), '--all-namespaces', '--selector', OWNER_NAME);
}

/** Objects that the agent did not write, or wrote as somebody else than their Kustomization's account, by the API server's audit log. */
export async function findForeignWrites(auditLog: string, expected: readonly ExpectedKustomization[]): Promise<readonly string[]> {
  const writers = new Map<string, Set<string>>();
  for (const line of (await readFile(auditLog, 'utf8')).split('\n').filter(Boolean)) {
    const event = JSON.parse(line) as AuditEvent;
    if (!isWrite(event)) continue;
    // The controller's own finalizers on what it reconciles.
    if (event.objectRef?.resource === 'kustomizations' && event.impersonatedUser === undefined) continue;
    const key = auditKey(event);
    writers.set(key, (writers.get(key) ?? new Set()).add(event.impersonatedUser?.username ?? 'nobody in particular'));
  }
  return expected.flatMap(({ name, namespace, serviceAccount, objects }) => {
    const account = `system:serviceaccount:${namespace}:${serviceAccount ?? AGENT}`;
    return objects.flatMap((object) => {
      const found = [...(writers.get(resourceKey(object)) ?? [])];
      return found.length === 1 && found[0] === account
        ? []
        : [`${name}: ${inventoryId(object)} was written by ${found.join(', ') || 'nobody'}, not ${account}`];
    });
  });
}

function isWrite({ verb, userAgent = '', requestURI, objectRef, responseStatus }: AuditEvent): boolean {
  const isChange = verb === 'patch' || verb === 'create' || verb === 'update';
  const isApplied = !requestURI.includes('dryRun=All') && (responseStatus?.code ?? 500) < 300;
  return isChange && isApplied && userAgent.startsWith(AGENT) && objectRef !== undefined && objectRef.subresource === undefined;
}

function auditKey({ objectRef }: AuditEvent): string {
  return [objectRef?.apiGroup ?? '', objectRef?.resource ?? '', objectRef?.namespace ?? '', objectRef?.name ?? ''].join('/');
}

function resourceKey({ apiVersion, kind, metadata }: TreeObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const resource = kind.toLowerCase().replace(/y$/, 'ie').replace(/s$/, 'se') + 's';
  // For a Namespace the API server names itself as the request's namespace.
  return [group, resource, metadata.namespace ?? (kind === 'Namespace' ? metadata.name : ''), metadata.name].join('/');
}

/** Pods that neither run nor have done their work. */
export async function findIdlePods(cluster: Cluster): Promise<readonly string[]> {
  const pods = await cluster.list<LivePod>('pods', '--all-namespaces');
  if (pods.length === 0) return ['there are no pods'];
  return pods
    .filter(({ status }) => status.phase !== 'Running' && status.phase !== 'Succeeded')
    .map(({ metadata, status }) => `${metadata.name}: ${status.phase}`);
}

function inventoryOf(object: LiveKustomization | undefined): readonly string[] {
  return (object?.status?.inventory?.entries ?? []).map(({ id }) => id);
}
