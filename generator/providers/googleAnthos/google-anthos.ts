import { isAdmins } from '../../lib/cloud-namespaces.ts';
import { LOGICAL_CLOUD_APP } from '../../model/context.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { Provider } from '../../model/provider.ts';
import { cloudObjects } from '../shared/cloud-objects.ts';
import { bootstrap } from './bootstrap.ts';
import { bootstrapSteps } from './bootstrap-steps.ts';
import { chartObjects } from './chart-sync.ts';
import { check } from './check.ts';
import { leavesObjects, release } from './leaves-objects.ts';
import {
  BINDING,
  bindingOf,
  DETACHED,
  FOLDER,
  NAMESPACE,
  namespaceFolder,
  NAMESPACES,
  reconcilerOf,
  referencePath,
  REFERENCE_FILES,
  RESERVED,
  ROOT,
} from './names.ts';
import { objectAnnotations } from './object-annotations.ts';
import { reference } from './reference.ts';
import { stray } from './stray.ts';

/** Config Sync, in a fleet of Google's: a RootSync for what is the cluster's, a RepoSync per logical cloud. Why so: docs/providers/googleAnthos.md. */
export const googleAnthos: Provider = {
  type: 'googleAnthos',
  referenceSync: ['google'],
  roots: [FOLDER, ROOT, NAMESPACES],
  lasting: [],
  signs: [FOLDER, ROOT, NAMESPACES],
  reservedNamespaces: RESERVED,
  placeOf: ({ app }, cloud) => (app === LOGICAL_CLOUD_APP || isAdmins(cloud) ? ROOT : namespaceFolder(cloud.namespace)),
  // What is the administrators' is applied by the RootSync, which has the rights of the cluster.
  cloudObjects: (cloud) =>
    isAdmins(cloud) ? [] : [...cloudObjects(cloud, { accountNamespace: cloud.namespace, keep: DETACHED }), reconcilerBinding(cloud)],
  chartObjects,
  objectAnnotations,
  check,
  bootstrap,
  bootstrapSteps,
  reference,
  leavesObjects,
  release,
  // An app without a chart is read by its cloud's RepoSync.
  referencePath: (instance, present) =>
    instance.app === LOGICAL_CLOUD_APP || present.has(referencePath(instance, BINDING)) ? referencePath(instance) : undefined,
  ownerOf(path) {
    const [, context, app] = REFERENCE_FILES.exec(path) ?? [];
    if (context !== undefined && app !== undefined) return { context, app };
    const [, cloud] = /^namespaces\/[^/]+\/([0-9]+)\.md$/.exec(path) ?? [];
    return cloud === undefined ? undefined : { context: cloud, app: LOGICAL_CLOUD_APP };
  },
  stray,
};

/** The rights with which the cloud's RepoSync applies: the tenant's. Config Sync makes the account, and gives it none. */
function reconcilerBinding({ namespace }: KnownCloud): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: bindingOf(), namespace, annotations: DETACHED },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: namespace },
    subjects: [{ kind: 'ServiceAccount', name: reconcilerOf(namespace), namespace: NAMESPACE }],
  };
}
