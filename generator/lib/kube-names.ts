import { type Json, isJsonObject, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';

/** The cluster-scoped kinds of Kubernetes' own API groups (1.36), by group. A group that is not listed is a custom one. */
const CLUSTER_SCOPED: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume']],
  [
    'admissionregistration.k8s.io',
    [
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
      'MutatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'ValidatingWebhookConfiguration',
    ],
  ],
  ['apiextensions.k8s.io', ['CustomResourceDefinition']],
  ['apiregistration.k8s.io', ['APIService']],
  ['apps', []],
  ['authentication.k8s.io', ['SelfSubjectReview', 'TokenReview']],
  ['authorization.k8s.io', ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview']],
  ['autoscaling', []],
  ['batch', []],
  ['certificates.k8s.io', ['CertificateSigningRequest', 'ClusterTrustBundle']],
  ['coordination.k8s.io', []],
  ['discovery.k8s.io', []],
  ['events.k8s.io', []],
  ['flowcontrol.apiserver.k8s.io', ['FlowSchema', 'PriorityLevelConfiguration']],
  ['internal.apiserver.k8s.io', ['StorageVersion']],
  ['networking.k8s.io', ['IPAddress', 'IngressClass', 'ServiceCIDR']],
  ['node.k8s.io', ['RuntimeClass']],
  ['policy', []],
  ['rbac.authorization.k8s.io', ['ClusterRole', 'ClusterRoleBinding']],
  ['resource.k8s.io', ['DeviceClass', 'DeviceTaintRule', 'ResourceSlice']],
  ['scheduling.k8s.io', ['PriorityClass']],
  ['storage.k8s.io', ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass']],
  ['storagemigration.k8s.io', ['StorageVersionMigration']],
]);

/** Cluster-scoped kinds of widely used custom groups, so that they are refused here and not by the cluster. */
const CUSTOM_CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'cert-manager.io/ClusterIssuer',
  'external-secrets.io/ClusterExternalSecret',
  'external-secrets.io/ClusterSecretStore',
  'gateway.networking.k8s.io/GatewayClass',
  'kyverno.io/ClusterPolicy',
]);

/** The kinds without a namespace that are known here. */
export function clusterScopedKinds(): readonly { readonly group: string; readonly kind: string }[] {
  const own = [...CLUSTER_SCOPED].flatMap(([group, kinds]) => kinds.map((kind) => ({ group, kind })));
  const custom = [...CUSTOM_CLUSTER_SCOPED].map((name) => {
    const slash = name.indexOf('/');
    return { group: name.slice(0, slash), kind: name.slice(slash + 1) };
  });
  return [...own, ...custom];
}

/** `apps` of `apps/v1`; the core group is empty. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Whether a group is one of Kubernetes' own, as opposed to a CustomResourceDefinition's. */
export function isKubernetesGroup(group: string): boolean {
  return CLUSTER_SCOPED.has(group);
}

/** Whether a kind is known to have no namespace. Unknown custom kinds count as namespaced: nothing here can tell. */
export function isClusterScoped({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean {
  const group = groupOf(apiVersion);
  return CLUSTER_SCOPED.get(group)?.includes(kind) ?? CUSTOM_CLUSTER_SCOPED.has(`${group}/${kind}`);
}

/** The object's namespace; `undefined` when it names none. */
export function namespaceOf(object: KubeObject): string | undefined {
  const namespace = object.metadata['namespace'];
  return typeof namespace === 'string' && namespace !== '' ? namespace : undefined;
}

/** `<group>/<kind>/<namespace>/<name>`: what makes two objects of one cluster the same. Versions of a group are one object. */
export function objectIdentity(object: KubeObject): string {
  return `${groupOf(object.apiVersion)}/${object.kind}/${namespaceOf(object) ?? ''}/${object.metadata.name}`;
}

/** Whether SOPS encrypted the object: it leaves its own record there. */
export function isSopsEncrypted(object: KubeObject): boolean {
  return isJsonObject(object['sops']);
}

const WITH_TEMPLATE: ReadonlySet<string> = new Set([
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'batch/Job',
  '/ReplicationController',
]);

/** Keys from an object to its pod template; `undefined` if it has none. Custom kinds count when they hold metadata and containers in `spec.template`. */
export function podTemplatePath(object: KubeObject): readonly string[] | undefined {
  const kind = `${groupOf(object.apiVersion)}/${object.kind}`;
  if (kind === 'batch/CronJob') return at(object, CRON_JOB) && CRON_JOB;
  const template = at(object, TEMPLATE);
  if (!template) return undefined;
  if (WITH_TEMPLATE.has(kind)) return TEMPLATE;
  const { metadata, spec } = template;
  return isJsonObject(metadata) && isJsonObject(spec) && Array.isArray(spec['containers']) ? TEMPLATE : undefined;
}

const TEMPLATE = ['spec', 'template'] as const;
const CRON_JOB = ['spec', 'jobTemplate', 'spec', 'template'] as const;

function at(object: JsonObject, path: readonly string[]): JsonObject | undefined {
  let value: Json | undefined = object;
  for (const key of path) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isJsonObject(value) ? value : undefined;
}
