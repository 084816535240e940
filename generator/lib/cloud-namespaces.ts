import type { CloudNamespace, LogicalCloud } from '../model/api.generated.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { JsonPath } from '../model/json.ts';

/** One of a logical cloud's Kubernetes namespaces, with what the cloud says of all of them filled in. */
export type TenantNamespace = CloudNamespace & Required<Pick<CloudNamespace, 'labels' | 'podSecurity'>>;

/** The namespace of objects that name none, after which the account is called too. */
export function primaryNamespace({ metadata, spec }: LogicalCloud): string {
  return spec.namespaces?.[0].name ?? spec.namespace ?? metadata.name;
}

const known = new WeakMap<LogicalCloud, readonly TenantNamespace[]>();

/** A cloud's namespaces, the primary one first. */
export function namespacesOf({ value }: Pick<KnownCloud, 'value'>): readonly TenantNamespace[] {
  const made = known.get(value) ?? resolve(value);
  known.set(value, made);
  return made;
}

function resolve(cloud: LogicalCloud): readonly TenantNamespace[] {
  const { labels = {}, podSecurity = 'restricted', quota, limits, isolation, namespaces } = cloud.spec;
  const common = { podSecurity, ...(quota && { quota }), ...(limits && { limits }), ...(isolation && { isolation }) };
  const own: readonly CloudNamespace[] = namespaces ?? [{ name: primaryNamespace(cloud) }];
  return own.map((one) => ({ ...common, ...one, labels: { ...labels, ...one.labels } }));
}

const names = new WeakMap<LogicalCloud, ReadonlySet<string>>();

/** Whether a namespace is one of the cloud's. */
export function hasNamespace(cloud: Pick<KnownCloud, 'value'>, namespace: string): boolean {
  const made = names.get(cloud.value) ?? new Set(namespacesOf(cloud).map(({ name }) => name));
  names.set(cloud.value, made);
  return made.has(namespace);
}

/** Where a cloud says that it has a namespace: by default the primary one. */
export function namespacePath({ value }: Pick<KnownCloud, 'value'>, namespace = primaryNamespace(value)): JsonPath {
  const { namespaces, namespace: own } = value.spec;
  const index = namespaces?.findIndex(({ name }) => name === namespace) ?? -1;
  if (index >= 0) return ['spec', 'namespaces', index, 'name'];
  return own === undefined ? ['metadata', 'name'] : ['spec', 'namespace'];
}
