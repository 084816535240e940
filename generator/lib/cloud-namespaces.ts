import type { CloudNamespace, LogicalCloud, Permission } from '../model/api.generated.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { JsonPath } from '../model/json.ts';

/** One of a logical cloud's Kubernetes namespaces, with what the cloud says of all of them filled in. */
export type TenantNamespace = CloudNamespace & Required<Pick<CloudNamespace, 'labels' | 'podSecurity'>>;

/** Whether it is the administrators' own: it makes no namespaces, and nothing bounds it. */
export function isAdmins({ value }: Pick<KnownCloud, 'value'>): boolean {
  return value.spec.level === 0;
}

/**
 * Name of the account that applies a cloud's apps, in the namespace that the agent has for them. A tenant's is called like its namespace; the dots keep
 * it from ever being the one of an administrators' cloud.
 */
export function accountOf(cloud: Pick<KnownCloud, 'value' | 'namespace' | 'context'>): string {
  return isAdmins(cloud) ? `admin.${cloud.namespace}.${cloud.context.id}` : cloud.namespace;
}

/** Whether what applies a tenant's apps, and the tenant's account, are in the cloud's own namespace where the agent leaves the choice. */
export function keepsReferences({ value }: Pick<KnownCloud, 'value'>): boolean {
  return value.spec.references === 'tenant' && value.spec.level !== 0;
}

/** The namespace of objects that name none, after which a tenant's account is called too. */
export function primaryNamespace({ metadata, spec }: LogicalCloud): string {
  if (spec.level === 0) return spec.namespace ?? 'default';
  return spec.namespaces?.[0].name ?? spec.namespace ?? metadata.name;
}

const known = new WeakMap<LogicalCloud, readonly TenantNamespace[]>();

/** The namespaces that a cloud makes, the primary one first: none of level 0. */
export function namespacesOf({ value }: Pick<KnownCloud, 'value'>): readonly TenantNamespace[] {
  const made = known.get(value) ?? resolve(value);
  known.set(value, made);
  return made;
}

function resolve(cloud: LogicalCloud): readonly TenantNamespace[] {
  if (cloud.spec.level === 0) return [];
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
  if (own !== undefined) return ['spec', 'namespace'];
  return value.spec.level === 0 ? ['spec', 'level'] : ['metadata', 'name'];
}

/** A tenant's permissions. */
export function permissionsOf({ value }: Pick<KnownCloud, 'value'>): readonly Permission[] {
  return value.spec.permissions ?? [];
}
