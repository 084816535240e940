import { LOGICAL_CLOUD_APP } from '../../model/context.ts';
import type { Provider } from '../../model/provider.ts';
import { cloudObjects } from '../shared/cloud-objects.ts';
import { bootstrap } from './bootstrap.ts';
import { bootstrapSteps } from './bootstrap-steps.ts';
import { chartObjects } from './chart-source.ts';
import { check } from './check.ts';
import { leavesObjects, release } from './leaves-objects.ts';
import { homeIn } from './home-in.ts';
import { ADMIN_NAMESPACE, applicationPath, FOLDER, KEPT, NAMESPACE } from './names.ts';
import { reference } from './reference.ts';
import { stray } from './stray.ts';

/** Argo CD, on the cluster itself or on a hub: a root Application, and an Application per instance. Why so: docs/providers/argocd.md. */
export const argocd: Provider = {
  type: 'argocd',
  referenceSync: ['argocd'],
  hostOf: ({ reference: through }) => (through.type === 'argocd' ? through.argocd.hub : undefined),
  roots: [FOLDER],
  lasting: [],
  signs: [FOLDER],
  reservedNamespaces: new Set([NAMESPACE]),
  cloudObjects: (cloud) => cloudObjects(cloud, { accountNamespace: cloud.namespace, adminNamespace: ADMIN_NAMESPACE, keep: KEPT }),
  chartObjects,
  check,
  bootstrap,
  bootstrapSteps,
  reference,
  leavesObjects,
  release,
  referencePath: applicationPath,
  homeIn,
  ownerOf(path) {
    const [, context, app, cloud] = /^argocd\/(?:applications\/([0-9]+)-([^/]+)|projects\/([0-9]+))\.yaml$/.exec(path) ?? [];
    if (cloud !== undefined) return { context: cloud, app: LOGICAL_CLOUD_APP };
    return context !== undefined && app !== undefined ? { context, app } : undefined;
  },
  stray,
};
