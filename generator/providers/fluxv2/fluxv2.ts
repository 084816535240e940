import type { Provider } from '../../model/provider.ts';
import { cloudObjects } from '../shared/cloud-objects.ts';
import { fluxChartObjects } from '../shared/flux-chart-objects.ts';
import { NEVER_PRUNE } from '../shared/flux-kustomization.ts';
import { CREDENTIALS } from '../shared/flux-credentials.ts';
import { fluxReference, fluxReferenceOwner, fluxReferencePath } from '../shared/flux-reference.ts';
import { fluxLeavesObjects, fluxRelease } from '../shared/flux-release.ts';
import { agentVersion } from './agent-version.ts';
import { bootstrap } from './bootstrap.ts';
import { bootstrapSteps } from './bootstrap-steps.ts';
import { check } from './check.ts';
import { COMPONENTS, FLUX, HOME, INSTANCE, KUSTOMIZATION, RESERVED, SYNC } from './names.ts';

/** Flux, version 2: a source and a Kustomization per instance, all in flux-system. Why the tree looks as it does: docs/providers/fluxv2.md. */
export const fluxv2: Provider = {
  type: 'fluxv2',
  referenceSync: ['git'],
  roots: ['kustomization.yaml', SYNC, COMPONENTS, INSTANCE, KUSTOMIZATION, 'references.yaml', 'references/', CREDENTIALS],
  lasting: [COMPONENTS, INSTANCE],
  signs: [KUSTOMIZATION],
  decrypts: true,
  reservedNamespaces: RESERVED,
  isKustomized: true,
  placeOf: () => '',
  cloudObjects: (cloud) =>
    cloudObjects(cloud, { accountNamespace: FLUX, keep: NEVER_PRUNE, carriesCharts: cloud.value.spec.charts === true }),
  chartObjects: (release) => fluxChartObjects(release, agentVersion(release.cluster)),
  check,
  bootstrap,
  bootstrapSteps,
  reference: ({ cluster }, request) => fluxReference({ cluster, home: HOME, version: agentVersion(cluster) }, request),
  leavesObjects: fluxLeavesObjects,
  release: fluxRelease,
  referencePath: fluxReferencePath,
  ownerOf: fluxReferenceOwner,
};
