import type { Provider } from '../../model/provider.ts';
import { cloudObjects } from '../shared/cloud-objects.ts';

/** Direct access: the tree holds manifests for somebody to apply. There is no agent, hence nothing to bootstrap and no references. */
export const kubernetes: Provider = {
  type: 'kubernetes',
  roots: [],
  reservedNamespaces: new Set(),
  cloudObjects: (cloud) => cloudObjects(cloud, { accountNamespace: cloud.namespace, keep: {} }),
  check: () => [],
  bootstrap: () => [],
  reference: () => ({ value: [], diagnostics: [] }),
  ownerOf: () => undefined,
};
