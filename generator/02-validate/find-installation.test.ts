import { expect, test } from 'vitest';
import { makeArcCluster } from '../../test/support/azure.ts';
import { makeFluxCluster } from '../../test/support/fleet.ts';
import { makeCluster } from '../../test/support/intents.ts';
import type { AgentInstallation } from '../model/api.generated.ts';
import type { Located } from '../model/source.ts';
import { findInstallation } from './find-installation.ts';

const everywhere: Located<AgentInstallation> = {
  value: {
    apiVersion: 'espalier.dev/v1alpha1',
    kind: 'AgentInstallation',
    metadata: { name: 'all' },
    spec: { clusters: {}, version: '2.9' },
  },
  at: () => {
    throw new Error('no place asked for');
  },
};

test.each([
  ['Flux', makeFluxCluster('provider1+c1'), everywhere],
  ['Azure Arc', makeArcCluster('provider1+c1'), undefined],
  ['no agent', makeCluster('provider1+c1'), undefined],
])('an installation that selects every cluster, on one with %s', (_, cluster, found) => {
  expect(findInstallation(cluster, [everywhere])).toBe(found);
});
