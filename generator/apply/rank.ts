import type { ObjectRef } from '../model/apply.ts';

/** Kinds in the order in which they are applied; they are deleted in the reverse one. What is not listed comes between workloads and `LAST`. */
const RANKS: readonly (readonly string[])[] = [
  ['apiextensions.k8s.io/CustomResourceDefinition'],
  ['/Namespace'],
  ['/ResourceQuota', '/LimitRange', 'scheduling.k8s.io/PriorityClass', 'storage.k8s.io/StorageClass', 'networking.k8s.io/NetworkPolicy'],
  ['/ServiceAccount', 'rbac.authorization.k8s.io/ClusterRole', 'rbac.authorization.k8s.io/Role'],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', 'rbac.authorization.k8s.io/RoleBinding'],
  ['/ConfigMap', '/Secret', '/PersistentVolume'],
  ['/PersistentVolumeClaim'],
  ['/Service'],
  [
    'apps/DaemonSet',
    'apps/Deployment',
    'apps/ReplicaSet',
    'apps/StatefulSet',
    'batch/CronJob',
    'batch/Job',
    '/Pod',
    '/ReplicationController',
  ],
];

/** They speak for what the others run, and would refuse objects as long as that does not run. */
const LAST: readonly string[] = [
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiregistration.k8s.io/APIService',
];

const RANK_OF = new Map([
  ...RANKS.flatMap((kinds, rank) => kinds.map((kind) => [kind, rank] as const)),
  ...LAST.map((kind) => [kind, RANKS.length + 1] as const),
]);

/** When an object of the kind is applied, counted from 0: definitions, namespaces, rights, configuration, services, workloads, the rest. */
export function rankOf({ group, kind }: Pick<ObjectRef, 'group' | 'kind'>): number {
  return RANK_OF.get(`${group}/${kind}`) ?? RANKS.length;
}
