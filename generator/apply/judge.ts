import { DEPLOYMENT_LABEL, type DeploymentId, type ObjectRef } from '../model/apply.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { identityOf, refOf, titleOf } from './refs.ts';
import type { KubeObject } from '../model/kube.ts';
import { ownerLabelOf } from './inventory.ts';

/** Whether an object that nobody wants any more may be deleted. What `isOurs` stays in the inventory, and is asked about again. */
export type Verdict = { readonly do: 'delete' } | { readonly do: 'stay'; readonly reason: string; readonly isOurs: boolean };

export interface Judging {
  readonly id: DeploymentId;
  /** Volumes may go as well. */
  readonly deleteData: boolean;
}

/** Annotations by which people and agents say that an object shall stay. */
const KEEPING: readonly (readonly [string, RegExp])[] = [
  ['espalier.dev/prune', /^disabled$/],
  ['kustomize.toolkit.fluxcd.io/prune', /^disabled$/],
  ['argocd.argoproj.io/sync-options', /(?:^|,)\s*(?:Prune|Delete)=false\s*(?:,|$)/],
  ['client.lifecycle.config.k8s.io/deletion', /^detach$/],
  ['helm.sh/resource-policy', /^keep$/],
];

const DATA: ReadonlySet<string> = new Set(['/PersistentVolumeClaim', '/PersistentVolume']);

/** What the object itself tells. */
export function judge(ref: ObjectRef, live: JsonObject, { id, deleteData }: Judging): Verdict {
  const label = ownerLabelOf(live);
  if (label !== id) {
    const is = label === undefined ? 'is gone' : `is "${label}"`;
    return { do: 'stay', reason: `it is not ours any more: its label ${DEPLOYMENT_LABEL} ${is}`, isOurs: false };
  }
  for (const [key, keeps] of KEEPING) {
    const value = annotation(live, key);
    if (value !== undefined && keeps.test(value)) return { do: 'stay', reason: `its annotation ${key} is "${value}"`, isOurs: true };
  }
  if (DATA.has(`${ref.group}/${ref.kind}`) && !deleteData)
    return { do: 'stay', reason: 'it may hold data (--delete-data deletes it)', isOurs: true };
  return { do: 'delete' };
}

function annotation({ metadata }: JsonObject, key: string): string | undefined {
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  const value: Json | undefined = isJsonObject(annotations) && Object.hasOwn(annotations, key) ? annotations[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** What Kubernetes itself puts into every namespace, and what tells of others only. */
const FURNITURE: ReadonlySet<string> = new Set([
  '/ConfigMap/kube-root-ca.crt',
  '/ServiceAccount/default',
  '/ConfigMap/openshift-service-ca.crt',
]);
const REPORTS: ReadonlySet<string> = new Set(['/Event', 'events.k8s.io/Event', '/Endpoints', 'discovery.k8s.io/EndpointSlice']);

export interface Occupants {
  /** Identities of what was deleted in this run, or would be. */
  readonly going: ReadonlySet<string>;
  /** Whether objects of a kind are in namespaces; an owner that is not, may keep what it owns. */
  readonly isNamespaced: (apiVersion: string, kind: string) => boolean;
}

/** What would be lost with the namespace: all but what goes anyway. */
export function occupants(objects: readonly KubeObject[], { going, isNamespaced }: Occupants): readonly string[] {
  const staying = objects.filter((object) => {
    const ref = refOf(object);
    const { group, kind, name } = ref;
    if (FURNITURE.has(`${group}/${kind}/${name}`) || REPORTS.has(`${group}/${kind}`)) return false;
    if (typeof object.metadata['deletionTimestamp'] === 'string' || going.has(identityOf(ref))) return false;
    // What has an owner here goes or stays with that one, which is looked at itself.
    return !ownersOf(object).some(([apiVersion, owner]) => isNamespaced(apiVersion, owner));
  });
  return staying.map((object) => titleOf(refOf(object)));
}

function ownersOf({ metadata }: KubeObject): readonly (readonly [string, string])[] {
  const owners = metadata['ownerReferences'];
  return ((Array.isArray(owners) ? owners : []) as readonly Json[]).flatMap((owner) => {
    if (!isJsonObject(owner) || typeof owner['apiVersion'] !== 'string' || typeof owner['kind'] !== 'string') return [];
    return [[owner['apiVersion'], owner['kind']] as const];
  });
}
