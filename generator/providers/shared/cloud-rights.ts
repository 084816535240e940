import { permissionsOf } from '../../lib/cloud-namespaces.ts';
import { sha256 } from '../../lib/hash.ts';
import { compareText } from '../../lib/order.ts';
import type { Permission } from '../../model/api.generated.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * Waiting for readiness needs sight of what the applied objects create in turn. Without it an agent waits until its timeout, with no word of a
 * permission. The same for every tenant, never derived from templates.
 */
const SIGHT: JsonObject = {
  apiGroups: ['', 'apps', 'batch'],
  resources: ['pods', 'replicasets', 'jobs', 'events'],
  verbs: ['get', 'list', 'watch'],
};

/** What a chart takes beyond its own objects: the release, its source, and Helm's records of it, which are Secrets. */
const CHARTS: readonly JsonObject[] = [
  {
    apiGroups: ['helm.toolkit.fluxcd.io'],
    resources: ['helmreleases'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
  {
    apiGroups: ['source.toolkit.fluxcd.io'],
    resources: ['helmrepositories', 'ocirepositories'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
  { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] },
];

export interface RightsOptions {
  /** Namespaces of the account. */
  readonly accounts: readonly string[];
  /** Of what must outlive the apps. People's roles do not: who is no longer named shall lose them. */
  readonly annotations: JsonObject;
  readonly carriesCharts: boolean;
}

/** The rights in one of the cloud's namespaces: the account's, named like the namespace, and people's. */
export function rightsIn(namespace: string, cloud: KnownCloud, options: RightsOptions): readonly KubeObject[] {
  const { accounts, annotations, carriesCharts } = options;
  const holding = permissionsOf(cloud).filter((one) => one.scope !== 'Cluster' && (one.namespaces?.includes(namespace) ?? true));
  const rules = [...holding.filter(isAccounts).map(ruleOf), SIGHT, ...(carriesCharts ? CHARTS : [])];
  const people = peopleOf(cloud, holding).flatMap(({ suffix, subjects, permissions }) =>
    bound({ kind: 'Role', metadata: { name: `${namespace}-${suffix}`, namespace }, rules: permissions.map(ruleOf), subjects }),
  );
  const metadata = { name: namespace, namespace, ...annotations };
  return [...bound({ kind: 'Role', metadata, rules, subjects: accountSubjects(cloud, accounts) }), ...people];
}

/** The rights on the whole cluster, if any. Named after the cloud's id, so that no two clouds, nor a role of the cluster's own, have one name. */
export function clusterRights(cloud: KnownCloud, accounts: readonly string[]): readonly KubeObject[] {
  const holding = permissionsOf(cloud).filter(({ scope }) => scope === 'Cluster');
  const name = `${cloud.context.id}-${cloud.namespace}`;
  const rules = holding.filter(isAccounts).map(ruleOf);
  const account =
    rules.length > 0 ? bound({ kind: 'ClusterRole', metadata: { name }, rules, subjects: accountSubjects(cloud, accounts) }) : [];
  const people = peopleOf(cloud, holding).flatMap(({ suffix, subjects, permissions }) =>
    bound({ kind: 'ClusterRole', metadata: { name: `${name}-${suffix}` }, rules: permissions.map(ruleOf), subjects }),
  );
  return [...account, ...people];
}

function isAccounts({ account }: Permission): boolean {
  return account !== false;
}

function ruleOf({ apiGroups, resources, verbs }: Permission): JsonObject {
  return { apiGroups, resources, verbs };
}

function accountSubjects({ namespace: name }: KnownCloud, accounts: readonly string[]): readonly JsonObject[] {
  return accounts.map((namespace) => ({ kind: 'ServiceAccount', name, namespace }));
}

interface Bound {
  readonly kind: 'Role' | 'ClusterRole';
  readonly metadata: JsonObject & { readonly name: string };
  readonly rules: readonly JsonObject[];
  readonly subjects: readonly JsonObject[];
}

/** A role and its binding of the same name: a binding cannot change its role. */
function bound({ kind, metadata, rules, subjects }: Bound): readonly KubeObject[] {
  const apiVersion = `${RBAC}/v1`;
  const roleRef = { apiGroup: RBAC, kind, name: metadata.name };
  return [
    { apiVersion, kind, metadata, rules },
    { apiVersion, kind: `${kind}Binding`, metadata, roleRef, subjects },
  ];
}

interface People {
  readonly suffix: string;
  readonly subjects: readonly JsonObject[];
  readonly permissions: readonly Permission[];
}

/** Permissions that the same people have are one role. Its name follows from who they are, wherever the permission stands in its list. */
function peopleOf({ value: { spec } }: KnownCloud, permissions: readonly Permission[]): readonly People[] {
  const all = JSON.stringify(subjectsOf(spec));
  const groups = new Map<string, { readonly subjects: readonly JsonObject[]; readonly permissions: Permission[] }>();
  for (const permission of permissions) {
    const subjects = subjectsOf(spec, permission);
    if (subjects.length === 0) continue;
    const key = JSON.stringify(subjects);
    const group = groups.get(key) ?? { subjects, permissions: [] };
    groups.set(key, group);
    group.permissions.push(permission);
  }
  return [...groups].map(([key, group]) => ({ ...group, suffix: key === all ? 'people' : `people-${sha256(key).slice(0, 8)}` }));
}

type Named = Pick<Permission, 'users' | 'groups'>;

function subjectsOf(...named: readonly Named[]): readonly JsonObject[] {
  const of = (kind: 'User' | 'Group', names: readonly string[]): readonly JsonObject[] =>
    [...new Set(names)].sort(compareText).map((name) => ({ apiGroup: RBAC, kind, name }));
  return [
    ...of(
      'User',
      named.flatMap(({ users = [] }) => users),
    ),
    ...of(
      'Group',
      named.flatMap(({ groups = [] }) => groups),
    ),
  ];
}
