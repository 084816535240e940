import type { ObjectRef } from '../model/apply.ts';
import type { KubeObject } from '../model/kube.ts';
import { groupOf, isClusterScoped, namespaceOf } from '../lib/kube-names.ts';

/** A kind that is known to have no namespace has none, whatever its object says: the server does not look at it either. */
export function refOf(object: KubeObject): ObjectRef {
  const group = groupOf(object.apiVersion);
  const version = group === '' ? object.apiVersion : object.apiVersion.slice(group.length + 1);
  const namespace = isClusterScoped(object) ? undefined : namespaceOf(object);
  return { group, version, kind: object.kind, ...(namespace !== undefined && { namespace }), name: object.metadata.name };
}

export function apiVersionOf({ group, version }: Pick<ObjectRef, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** What makes two objects of a cluster the same: versions of a group are one object. */
export function identityOf({ group, kind, namespace = '', name }: ObjectRef): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

/** What it is but for its namespace. */
export function nameWithout({ group, kind, name }: Pick<ObjectRef, 'group' | 'kind' | 'name'>): string {
  return `${group}/${kind}/${name}`;
}

/** Such as `Deployment retail/cart`. */
export function titleOf({ kind, namespace, name }: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
