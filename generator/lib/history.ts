import { type ContextId, type ContextRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Committed, CommittedFile } from '../model/file.ts';
import type { History } from '../model/history.ts';
import type { Place } from '../model/place.ts';
import { toContext } from './hash.ts';
import { readInstancePath } from './instance-path.ts';

/** Reads it from the decisions' beginnings, and from the paths of the clouds' namespaces and accounts. */
export function readHistory(committed: Committed): History {
  const names = new Map<ContextId, ContextRef>();
  const ids = new Map<string, Set<ContextId>>();
  const clouds = new Map<ContextId, ContextRef>();
  const accounts = new Map<string, string>();
  const namespaces = new Map<string, string[]>();
  const levels = new Map<string, 0 | 1>();
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
    const part = readCloudPart(file.path);
    if (part) levels.set(part.place, part.isAdmins ? 0 : 1);
    else if (file.path.includes(WHOLE_CLUSTER)) setAdmins(file.path, levels);
    if (part?.kind === 'serviceaccount') accounts.set(part.place, part.name);
    else if (part) namespaces.set(part.place, [...(namespaces.get(part.place) ?? []), part.name]);
  }
  return {
    nameOf: (context) => names.get(context),
    idsOf: (deployment) => [...(ids.get(fullName(deployment)) ?? [])],
    cloudOf: (deployment) => clouds.get(deployment),
    // Of several namespaces the account tells which was the first.
    namespaceOn: (cluster, cloud) => accounts.get(`${cluster}/${cloud}`) ?? namespaces.get(`${cluster}/${cloud}`)?.[0],
    levelOn: (cluster, context) => levels.get(`${cluster}/${context}`),
    namespacesOn: (cluster, cloud) => {
      const place = `${cluster}/${cloud}`;
      const listed = namespaces.get(place) ?? [];
      const first = accounts.get(place);
      // The one that references are in is not in the cloud's folder.
      return first === undefined || listed.includes(first) ? listed : [first, ...listed];
    },
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

const WHOLE_CLUSTER = `/${'cluster/' satisfies Place}context/`;

/** Config Sync writes nothing of an administrators' cloud but its apps, with what is of the whole cluster. */
function setAdmins(path: string, levels: Map<string, 0 | 1>): void {
  const { instance } = readInstancePath(path) ?? {};
  if (instance && instance.app !== LOGICAL_CLOUD_APP) levels.set(`${instance.cluster}/${instance.context}`, 0);
}

interface CloudPart {
  readonly kind: string;
  readonly name: string;
  /** Whether it is one of `level: 0`. */
  readonly isAdmins: boolean;
  /** `<cluster>/<cloud>` */
  readonly place: string;
}

/** A namespace of a logical cloud, or its account, from the name of the file. */
function readCloudPart(path: string): CloudPart | undefined {
  // Few paths have it; the others are not worth an expression.
  if (!path.includes(LOGICAL_CLOUD_APP)) return undefined;
  const { instance, file } = readInstancePath(path) ?? {};
  const [, admin, name, kind] = CLOUD_PART.exec(file ?? '') ?? [];
  if (instance?.app !== LOGICAL_CLOUD_APP || name === undefined || kind === undefined) return undefined;
  return { kind, name, isAdmins: admin !== undefined, place: `${instance.cluster}/${instance.context}` };
}

const CLOUD_PART = /^(admin\.)?([a-z0-9-]+)(?:\.[0-9]+)?-(namespace|serviceaccount)(?:\.[a-z0-9-]+)?\.yaml$/;

function fullName({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}
