import { accountOf, isAdmins, namespacesOf, type TenantNamespace } from '../../lib/cloud-namespaces.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { boundsOf } from './cloud-bounds.ts';
import { clusterRights, rightsIn } from './cloud-rights.ts';

export interface CloudOptions {
  /** Namespace of the account that applies the tenant's apps. */
  readonly accountNamespace: string;
  /** The same of an administrators' cloud, which has no namespace of its own. Default: `accountNamespace`. */
  readonly adminNamespace?: string;
  /** Annotations of what must outlive the apps: without it nobody could remove them. */
  readonly keep: JsonObject;
  /** Whether the agent installs charts as the tenant: that needs an account beside them, and the right to hold what Helm and Flux keep. */
  readonly carriesCharts?: boolean;
}

/**
 * A logical cloud on a cluster: its namespaces with their bounds, the account, and the rights of account and people. What is in a namespace is
 * named like it; the account like the first.
 */
export function cloudObjects(
  cloud: KnownCloud,
  { accountNamespace, adminNamespace = accountNamespace, keep, carriesCharts = false }: CloudOptions,
): readonly KubeObject[] {
  if (isAdmins(cloud)) return adminObjects(accountOf(cloud), adminNamespace);
  const { namespace: name } = cloud;
  const annotations = Object.keys(keep).length > 0 ? { annotations: keep } : {};
  const accounts = carriesCharts && accountNamespace !== name ? [accountNamespace, name] : [accountNamespace];
  const namespaces = namespacesOf(cloud);
  return [
    ...namespaces.flatMap((one) => [
      namespaceObject(cloud, one, annotations),
      ...boundsOf(one, namespaces),
      ...rightsIn(one.name, cloud, { accounts, annotations, carriesCharts: carriesCharts && one.name === name }),
    ]),
    ...clusterRights(cloud, accounts),
    ...accounts.map((namespace) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, ...annotations } })),
  ];
}

/** Ours come last: a label of the intent must not lower what the namespace enforces. */
function namespaceObject({ context }: KnownCloud, { name, labels, podSecurity }: TenantNamespace, annotations: JsonObject): KubeObject {
  const ours = { 'espalier.dev/logical-cloud': context.name, 'pod-security.kubernetes.io/enforce': podSecurity };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...labels, ...ours }, ...annotations } };
}

/** What goes with the cloud, lest the rights stay behind. */
function adminObjects(name: string, namespace: string): readonly KubeObject[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    {
      apiVersion: `${apiGroup}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup, kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ];
}
