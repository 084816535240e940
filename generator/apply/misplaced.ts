import { LOGICAL_CLOUD_APP, type ContextId } from '../model/context.ts';
import { INVENTORY_NAMESPACE, type ObjectRef, type TreeInstance, type TreeObject } from '../model/apply.ts';
import { groupBy } from '../lib/group-by.ts';
import { listed } from '../lib/words.ts';
import type { RepoPath } from '../model/source.ts';
import { identityOf, refOf, titleOf } from './refs.ts';

/** The logical cloud that an app is of. */
export interface OwnCloud {
  readonly context: ContextId;
  /** The administrators', whose apps may be in any namespace. */
  readonly isAdmins: boolean;
}

export interface Tenancy {
  /** `undefined`: nothing tells. */
  readonly cloudOf: (instance: Pick<TreeInstance, 'context' | 'app'>) => OwnCloud | undefined;
  /** Whether a namespace is Kubernetes' own, an agent's or ours. */
  readonly isReserved: (namespace: string) => boolean;
}

/**
 * Objects that are where an instance has no business: outside of the namespaces that its cloud makes, as the tree itself has them. Where the cloud is not in
 * the tree, in reserved ones; where nothing tells of a cloud, in any tenant's as well. And objects that are there twice, which each would write anew.
 */
export function misplaced(
  instances: readonly TreeInstance[],
  { cloudOf, isReserved }: Tenancy,
): readonly { readonly path: RepoPath; readonly reason: string }[] {
  const made = new Map(instances.filter(({ app }) => app === LOGICAL_CLOUD_APP).map((cloud) => [cloud.context, namespacesIn(cloud)]));
  const tenants = new Set([...made.values()].flatMap((names) => [...names]));
  const places = groupBy(
    instances.flatMap(({ objects }) => objects),
    ({ object }) => identityOf(refOf(object)),
  );
  return instances.flatMap((instance) => {
    const cloud = instance.app === LOGICAL_CLOUD_APP ? { context: instance.context, isAdmins: false } : cloudOf(instance);
    const own = cloud && !cloud.isAdmins ? made.get(cloud.context) : undefined;
    const others = cloud ? NONE : tenants;
    const place = { own, others, isAdmins: cloud?.isAdmins === true, isReserved };
    return instance.objects.flatMap(({ path, object }) => {
      const ref = refOf(object);
      const twin = places.get(identityOf(ref))?.find((other) => other.path !== path);
      const reason = reasonIn(ref, place) ?? (twin && `${titleOf(ref)} is in ${twin.path} too`);
      return reason === undefined ? [] : [{ path, reason }];
    });
  });
}

const NONE: ReadonlySet<string> = new Set();

interface Place {
  readonly own: ReadonlySet<string> | undefined;
  /** Namespaces of logical clouds that it is of none of. */
  readonly others: ReadonlySet<string>;
  readonly isAdmins: boolean;
  readonly isReserved: (namespace: string) => boolean;
}

function reasonIn(ref: ObjectRef, { own, others, isAdmins, isReserved }: Place): string | undefined {
  // Nobody's app makes, or takes over, a namespace that others rely upon.
  if (isNamespace(ref) && (ref.name === INVENTORY_NAMESPACE || isReserved(ref.name))) return `namespace "${ref.name}" is reserved`;
  const { namespace } = ref;
  if (namespace === undefined) return undefined;
  if (namespace === INVENTORY_NAMESPACE) return `it is in namespace "${namespace}", where Espalier keeps its records`;
  if (isAdmins || own?.has(namespace)) return undefined;
  if (own) return `it is in namespace "${namespace}", and its logical cloud ${own.size === 0 ? 'makes none' : `has ${quoted(own)}`}`;
  if (others.has(namespace)) return `it is in namespace "${namespace}" of a logical cloud, and no decision says that its app is of that`;
  return isReserved(namespace) ? `it is in namespace "${namespace}", which is reserved` : undefined;
}

function quoted(names: ReadonlySet<string>): string {
  return listed([...names].map((name) => `"${name}"`));
}

function isNamespace({ group, kind }: ObjectRef): boolean {
  return group === '' && kind === 'Namespace';
}

function namespacesIn({ objects }: { readonly objects: readonly TreeObject[] }): ReadonlySet<string> {
  return new Set(
    objects
      .map(({ object }) => refOf(object))
      .filter(isNamespace)
      .map(({ name }) => name),
  );
}
