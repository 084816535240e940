import { groupBy } from '../../lib/group-by.ts';
import { isClusterScoped, isKubernetesGroup, groupOf, namespaceOf } from '../../lib/kube-names.ts';
import type { KubeObject } from '../../model/kube.ts';
import { type FoundNamespace, placeOf, type Surroundings, type Unit } from './model.ts';

/** What a unit applies into one namespace: what a logical cloud of that namespace can hold. */
export interface UnitPart {
  readonly unit: Unit;
  readonly namespace: string;
  readonly objects: readonly KubeObject[];
}

/** A unit's objects by namespace. */
export interface SortedUnit {
  readonly unit: Unit;
  readonly parts: readonly UnitPart[];
  readonly namespaces: readonly FoundNamespace[];
}

/** Takes apart what a unit applies, and tells of what no app can hold. `withCharts`: namespaces that charts are installed in. */
export function sortOut(
  unit: Unit,
  { withCharts, ...surroundings }: Surroundings & { readonly withCharts: ReadonlySet<string> },
): SortedUnit {
  const held: { readonly namespace: string; readonly object: KubeObject }[] = [];
  const namespaces: FoundNamespace[] = [];
  for (const object of unit.objects) {
    if (
      object.kind === 'Namespace' &&
      object.apiVersion === 'v1' &&
      isNamespace(object.metadata.name) &&
      !surroundings.isReserved(object.metadata.name)
    ) {
      namespaces.push({ unit, object });
      continue;
    }
    const reason = reasonAgainst(object, surroundings) ?? broughtBy(object, withCharts);
    const namespace = namespaceOf(object);
    if (reason === undefined && namespace !== undefined) held.push({ namespace, object });
    else {
      const place = placeOf(object, { tree: surroundings.tree, unit });
      surroundings.report.add('left', { place, what: titleOf(object), reason: reason ?? '' });
    }
  }
  const byNamespace = groupBy(held, ({ namespace }) => namespace);
  return {
    unit,
    parts: [...byNamespace].map(([namespace, own]) => ({ unit, namespace, objects: own.map(({ object }) => object) })),
    namespaces,
  };
}

/** `Deployment shop/web`. */
export function titleOf(object: KubeObject): string {
  const namespace = namespaceOf(object);
  return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`;
}

/** What a logical cloud makes itself, named like its namespace. */
function broughtBy(object: KubeObject, withCharts: ReadonlySet<string>): string | undefined {
  const namespace = namespaceOf(object);
  if (namespace === undefined || object.metadata.name !== namespace) return undefined;
  const isAccount = object.kind === 'ServiceAccount' && withCharts.has(namespace);
  const isRight = groupOf(object.apiVersion) === 'rbac.authorization.k8s.io' && (object.kind === 'Role' || object.kind === 'RoleBinding');
  return isAccount || isRight ? 'the logical cloud brings one of this name' : undefined;
}

/** A DNS label, as the API server wants it. It becomes part of paths. */
export function isNamespace(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

const STAYS = 'it stays on the cluster as it is, and nobody looks after it any more';

function reasonAgainst(object: KubeObject, { credentialIn, isReserved }: Surroundings): string | undefined {
  const credential = credentialIn(object);
  if (credential !== undefined)
    return `it holds ${credential}, which does not belong into Git; ${STAYS}: encrypt it with SOPS, or have another program make it`;
  if (isClusterScoped(object))
    return `it has no namespace, and an app stays within its logical cloud; ${STAYS}: keep it with whoever looks after the cluster`;
  const namespace = namespaceOf(object);
  if (namespace === undefined)
    return isKubernetesGroup(groupOf(object.apiVersion))
      ? 'it names no namespace, so that it cannot have been applied'
      : `it names no namespace: if its kind has none, it is nobody's tenant's; ${STAYS}`;
  if (!isNamespace(namespace)) return `"${namespace}" is no name of a namespace`;
  if (isReserved(namespace)) return `no logical cloud may have the namespace "${namespace}"; ${STAYS}`;
  if (object.kind === 'Job' && groupOf(object.apiVersion) === 'batch')
    return `a Job's pods cannot be changed, and an app's objects get labels; ${STAYS}. To run it again, add it to the app under another name`;
  return undefined;
}
