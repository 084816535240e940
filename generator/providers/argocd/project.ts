import { accountOf, isAdmins, namespacesOf, permissionsOf } from '../../lib/cloud-namespaces.ts';
import { canonical } from '../../lib/canonical.ts';
import { missingVerbs } from '../../lib/permissions.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import { LOGICAL_CLOUD_APP } from '../../model/context.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { InstanceRef } from '../../model/context.ts';
import { clusterPath, markedFile } from '../shared/cluster-files.ts';
import { ADMIN_NAMESPACE, FINALIZER, FOLDER, instanceName, MANAGED, SYNC_WAVE } from './names.ts';
import { prefixOf, type Setting } from './setting.ts';
import { clusterWide } from './cluster-wide.ts';
import { knowsDestinationAccounts } from './version.ts';

/** Name of a logical cloud's project on a cluster. It keeps with the cloud's id, whatever the cloud is called. */
export function cloudProject(setting: Setting, { context }: KnownCloud): string {
  return instanceName({ cluster: setting.cluster.id, context: context.id, app: LOGICAL_CLOUD_APP }, prefixOf(setting));
}

/** The AppProject of a logical cloud, as a file of the cloud's instance: what a tenant's Applications may do at most, whoever applies them. */
export function projectFile(setting: Setting, cloud: KnownCloud, instance: InstanceRef): GeneratedFile {
  const path = clusterPath(setting.cluster.id, `${FOLDER}projects/${cloud.context.id}.yaml`);
  return markedFile({ kind: 'instance', instance }, path, printYaml(canonical(toProject(setting, cloud))));
}

function toProject(setting: Setting, cloud: KnownCloud): KubeObject {
  const { namespace, destination, source, options, version, cluster } = setting;
  const { context, namespace: account } = cloud;
  const isAll = isAdmins(cloud);
  const namespaces = isAll ? ['*'] : namespacesOf(cloud).map(({ name }) => name);
  const server = 'server' in destination ? destination.server : (options.server ?? ANY_SERVER);
  const isImpersonated = options.impersonation !== false && knowsDestinationAccounts(version);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: cloudProject(setting, cloud),
      namespace,
      labels: { ...MANAGED, 'app.kubernetes.io/part-of': context.name },
      // Before the Applications, and after them when the cloud goes.
      annotations: { [SYNC_WAVE]: '-1' },
      finalizers: [FINALIZER],
    },
    spec: {
      description: `Logical cloud ${context.name} of ${context.namespace} on ${cluster.id}`,
      // Charts come from anywhere; a list would be one that apps share.
      sourceRepos: [cloud.value.spec.charts === true ? '*' : source.repoURL],
      destinations: namespaces.map((own) => ({ ...destination, namespace: own })),
      clusterResourceWhitelist: isAll ? [{ group: '*', kind: '*' }] : clusterWide(cloud),
      namespaceResourceBlacklist: isAll ? [] : forbidden(cloud),
      ...(isImpersonated && {
        destinationServiceAccounts: namespaces.map((own) => ({
          defaultServiceAccount: `${isAll ? ADMIN_NAMESPACE : account}:${accountOf(cloud)}`,
          namespace: own,
          server,
        })),
      }),
    },
  };
}

/** Accounts are found by address, and only the cluster's Secret may know it; the project's destinations leave no other cluster. */
const ANY_SERVER = '*';

/** What bounds a tenant must not be the tenant's to change, unless the cloud's permissions say so. */
const BOUNDS: readonly { readonly group: string; readonly kind: string; readonly resource: string }[] = [
  { group: '', kind: 'LimitRange', resource: 'limitranges' },
  { group: '', kind: 'ResourceQuota', resource: 'resourcequotas' },
  { group: 'rbac.authorization.k8s.io', kind: 'Role', resource: 'roles' },
  { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding', resource: 'rolebindings' },
];

/** Where a wall stands, it bounds as well. */
const WALL = { group: 'networking.k8s.io', kind: 'NetworkPolicy', resource: 'networkpolicies' } as const;

function forbidden(cloud: KnownCloud): readonly JsonObject[] {
  const bounds = namespacesOf(cloud).some(({ isolation }) => isolation) ? [...BOUNDS, WALL] : BOUNDS;
  // The list counts in all of the project's namespaces, and Argo CD may apply with rights of its own: what people may do, or may look at, is no leave.
  const everywhere = permissionsOf(cloud).filter(
    ({ account, namespaces }) => account !== false && namespacesOf(cloud).every(({ name }) => namespaces?.includes(name) ?? true),
  );
  const isPermitted = (bound: (typeof BOUNDS)[number]): boolean => missingVerbs(everywhere, bound).length === 0;
  return bounds.filter((bound) => !isPermitted(bound)).map(({ group, kind }) => ({ group, kind }));
}
