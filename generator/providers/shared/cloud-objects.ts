import { sortKeys } from '../../lib/canonical-json.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { KubeObject } from '../../model/kube.ts';

export interface CloudOptions {
  /** Namespace of the account that applies the tenant's apps. */
  readonly accountNamespace: string;
  /** Annotations of what must outlive the apps: without it nobody could remove them. */
  readonly keep: JsonObject;
  /** Whether the agent installs charts as the tenant: that needs an account beside them, and the right to hold what Helm and Flux keep. */
  readonly carriesCharts?: boolean;
}

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

/** A logical cloud on a cluster: namespace, account, its rights in the namespace, and the quota if there is one. All are named like the namespace. */
export function cloudObjects(cloud: KnownCloud, { accountNamespace, keep, carriesCharts = false }: CloudOptions): readonly KubeObject[] {
  const { namespace: name } = cloud;
  const { labels, podSecurity = 'restricted', quota, permissions } = cloud.value.spec;
  const annotations = Object.keys(keep).length > 0 ? { annotations: keep } : {};
  const inside = { name, namespace: name };
  const rules = permissions.map(({ apiGroups, resources, verbs }) => ({ apiGroups, resources, verbs }));
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
  const accounts = carriesCharts ? [accountNamespace, name] : [accountNamespace];
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { ...labels, ...namespaceLabels(cloud, podSecurity) }, ...annotations },
    },
    ...(quota ? [{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: inside, spec: { hard: sortKeys(quantities(quota)) } }] : []),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { ...inside, ...annotations },
      rules: [...rules, SIGHT, ...(carriesCharts ? CHARTS : [])],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { ...inside, ...annotations },
      roleRef: role,
      subjects: accounts.map((namespace) => ({ kind: 'ServiceAccount', name, namespace })),
    },
    ...accounts.map((namespace) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, ...annotations } })),
  ];
}

/** Ours come last: a label of the intent must not lower what the namespace enforces. */
function namespaceLabels(cloud: KnownCloud, podSecurity: string): JsonObject {
  return { 'espalier.dev/logical-cloud': cloud.context.name, 'pod-security.kubernetes.io/enforce': podSecurity };
}

/** Quantities are strings to the API server, whatever the intent wrote. */
function quantities(quota: Readonly<Record<string, string | number>>): JsonObject {
  return Object.fromEntries(Object.entries(quota).map(([resource, amount]) => [resource, String(amount)]));
}
