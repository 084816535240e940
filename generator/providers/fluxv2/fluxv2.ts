import type { Provider } from '../../model/provider.ts';
import { cloudObjects } from '../shared/cloud-objects.ts';
import { bootstrap } from './bootstrap.ts';
import { chartObjects } from './chart-objects.ts';
import { check } from './check.ts';
import { leavesObjects } from './leaves-objects.ts';
import { COMPONENTS, FLUX, INSTANCE, KUSTOMIZATION, NEVER_PRUNE, RESERVED, SYNC } from './names.ts';
import { reference } from './reference.ts';

/** Flux, version 2: a source and a Kustomization per instance, all in flux-system. Why the tree looks as it does: docs/providers/fluxv2.md. */
export const fluxv2: Provider = {
  type: 'fluxv2',
  referenceSync: ['git'],
  roots: ['kustomization.yaml', SYNC, COMPONENTS, INSTANCE, KUSTOMIZATION, 'references.yaml', 'references/'],
  lasting: [COMPONENTS, INSTANCE],
  reservedNamespaces: RESERVED,
  cloudObjects: (cloud) =>
    cloudObjects(cloud, { accountNamespace: FLUX, keep: NEVER_PRUNE, carriesCharts: cloud.value.spec.charts === true }),
  chartObjects,
  check,
  bootstrap,
  reference,
  leavesObjects,
  ownerOf(path) {
    const [, context, app] = /^references\/([0-9]+)-([^/]+)-kcust\.yaml$/.exec(path) ?? [];
    return context !== undefined && app !== undefined ? { context, app } : undefined;
  },
};
