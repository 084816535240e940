import { isAdmins } from '../../lib/cloud-namespaces.ts';
import { diagnose } from '../../diagnostics/diagnose.ts';
import { INVENTORY_NAMESPACE } from '../../model/apply.ts';
import type { Provider } from '../../model/provider.ts';
import { step } from '../shared/bootstrap-step.ts';
import { cloudObjects } from '../shared/cloud-objects.ts';

/** Direct access: the tree holds manifests for somebody to apply. There is no agent, hence nothing to bootstrap and no references. */
export const kubernetes: Provider = {
  type: 'kubernetes',
  referenceSync: [],
  roots: [],
  lasting: [],
  signs: [],
  // What was applied is recorded there.
  reservedNamespaces: new Set([INVENTORY_NAMESPACE]),
  // Whoever applies the administrators' apps has the rights already.
  cloudObjects: (cloud) => (isAdmins(cloud) ? [] : cloudObjects(cloud, { accountNamespace: cloud.namespace, keep: {} })),
  chartObjects: ({ instance, job, asked, cluster }) => {
    const related = [{ message: `Cluster "${cluster.id}" has no agent`, source: cluster.at(['metadata', 'name']) }];
    return {
      value: [],
      diagnostics: [diagnose('chart-without-agent', { app: instance.app, chart: job.chart.name }, { ...asked, related })],
    };
  },
  check: () => [],
  bootstrap: () => [],
  bootstrapSteps: ({ cluster }) => [
    step({
      title: 'Apply the committed tree',
      command: ['espalier', 'apply', '--cluster', cluster.id],
      folder: 'repository',
      isByHand: true,
      note: 'there is nothing to install',
    }),
  ],
  reference: () => ({ value: [], diagnostics: [] }),
  leavesObjects: () => false,
  release: () => undefined,
  ownerOf: () => undefined,
};
