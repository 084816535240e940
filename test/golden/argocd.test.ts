import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layout } from '../../generator/08-layout/layout.ts';
import type { LogicalCloudSpec } from '../../generator/model/api.generated.ts';
import { argoSyncs, makeArgoCluster } from '../support/argocd.ts';
import { configMap, deploymentObject, makeLayoutRequest } from '../support/fleet.ts';
import { expectGolden } from '../support/golden.ts';
import { makeApp, makeCloud, makeDeployment } from '../support/intents.ts';

// The tree of a hub that deploys to itself and to two targets: one whose root it makes itself, one whose root is applied by hand.

const permissions: NonNullable<LogicalCloudSpec['permissions']> = [
  { apiGroups: ['', 'apps'], resources: ['services', 'configmaps', 'deployments'], verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'] },
];

test("a hub's tree and those of its targets are those of the golden folder, file by file", () => {
  const cloud = makeCloud({ quota: { 'requests.cpu': '4' }, permissions });
  const shop = makeDeployment([makeApp({ name: 'redis' }), makeApp({ name: 'web', dependsOn: [{ app: 'redis' }] })]);
  const clusters = [
    makeArgoCluster('provider1+hub', 'own-argocd', { gitOps: { argocd: { form: 'applicationSet' } } }),
    makeArgoCluster('provider1+edge1', 'hub-argocd', {
      delivery: { retryInterval: '5m', deletionPolicy: 'Orphan' },
      gitOps: {
        argocd: {
          form: 'applicationSet',
          project: 'platform',
          server: 'https://edge1.example.net:6443',
          clusterSecret: { secretStore: 'vault', key: 'clusters/edge1' },
        },
      },
    }),
    makeArgoCluster('provider1+edge2', 'hub-argocd', { gitOps: { resourceName: 'arn.edge2' } }),
  ];
  const objects = [[deploymentObject('redis')], [configMap('web'), deploymentObject('web')]];
  const { value, diagnostics } = layout(makeLayoutRequest([{ cloud, deployment: shop, clusters, objects }], { sync: argoSyncs }));
  expect(diagnostics).toEqual([]);
  const files = value.filter(({ path }) => !path.startsWith('clusters/decisions/'));
  expectGolden(join(import.meta.dirname, 'argocd'), new Map(files.map(({ path, content }) => [path, content])));
});
