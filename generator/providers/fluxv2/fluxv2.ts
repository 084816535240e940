import type { Provider } from '../../model/provider.ts';
import { fluxChartObjects } from '../shared/flux-chart-objects.ts';
import { CREDENTIALS } from '../shared/flux-credentials.ts';
import { fluxReference, fluxReferenceOwner, fluxReferencePath } from '../shared/flux-reference.ts';
import { fluxLeavesObjects, fluxRelease } from '../shared/flux-release.ts';
import { comesWithReferences, fluxCloudObjects } from '../shared/flux-tenant.ts';
import { agentVersion } from './agent-version.ts';
import { bootstrap } from './bootstrap.ts';
import { bootstrapSteps } from './bootstrap-steps.ts';
import { check } from './check.ts';
import { COMPONENTS, FLUX, HOME, INSTANCE, KUSTOMIZATION, RESERVED, SYNC } from './names.ts';
import { stray } from './stray.ts';

/** Flux, version 2: a source and a Kustomization per instance, all in flux-system but for tenants that keep their own. Why the tree looks as it does: docs/providers/fluxv2.md. */
export const fluxv2: Provider = {
  type: 'fluxv2',
  referenceSync: ['git'],
  roots: ['kustomization.yaml', SYNC, COMPONENTS, INSTANCE, KUSTOMIZATION, 'references.yaml', 'references/', CREDENTIALS],
  lasting: [COMPONENTS, INSTANCE],
  signs: [KUSTOMIZATION],
  decrypts: true,
  reservedNamespaces: RESERVED,
  cloudObjects: (cloud) => fluxCloudObjects(cloud, FLUX),
  comesWithReference: (object, { cloud }) => comesWithReferences(object, cloud),
  chartObjects: (release) => fluxChartObjects(release, agentVersion(release.cluster)),
  check,
  bootstrap,
  bootstrapSteps,
  reference: ({ cluster, sync }, request) =>
    fluxReference({ cluster, home: HOME, version: agentVersion(cluster), git: sync?.resource }, request),
  leavesObjects: fluxLeavesObjects,
  release: fluxRelease,
  referencePath: fluxReferencePath,
  ownerOf: fluxReferenceOwner,
  stray,
};
