import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layout } from '../../generator/08-layout/layout.ts';
import type { LogicalCloudSpec } from '../../generator/model/api.generated.ts';
import { hasSchemas, schemaFaults } from '../support/crd-schemas.ts';
import { configMap, deploymentObject, makeLayoutRequest } from '../support/fleet.ts';
import { expectGolden } from '../support/golden.ts';
import { googleSyncs, makeGoogleCluster } from '../support/google.ts';
import { makeApp, makeCloud, makeDeployment } from '../support/intents.ts';
import { objectIn } from '../support/argocd.ts';

// The trees of two members of one fleet: one as it comes, one with everything that can be said.

const permissions: NonNullable<LogicalCloudSpec['permissions']> = [
  { apiGroups: ['', 'apps'], resources: ['services', 'configmaps', 'deployments'], verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'] },
];

function lay(): ReadonlyMap<string, string> {
  const cloud = makeCloud({ quota: { 'requests.cpu': '4' }, permissions });
  const shop = makeDeployment([makeApp({ name: 'redis' }), makeApp({ name: 'web', dependsOn: [{ app: 'redis' }] })]);
  const clusters = [
    makeGoogleCluster('provider1+edge1'),
    makeGoogleCluster('provider1+edge2', {
      delivery: { interval: '5m', timeout: '10m', deletionPolicy: 'Orphan' },
      gitOps: { resourceName: 'store-2', agentVersion: '1.22.0', googleAnthos: { preventDrift: true } },
    }),
  ];
  const objects = [[configMap('redis'), deploymentObject('redis')], [configMap('web'), deploymentObject('web')]];
  const { value, diagnostics } = layout(
    makeLayoutRequest([{ cloud, deployment: shop, clusters, objects }], { sync: googleSyncs({ location: 'europe-west1' }) }),
  );
  expect(diagnostics).toEqual([]);
  return new Map(value.filter(({ path }) => !path.startsWith('clusters/decisions/')).map(({ path, content }) => [path, content]));
}

test("a fleet's trees are those of the golden folder, file by file", () => {
  expectGolden(join(import.meta.dirname, 'google-anthos'), lay());
});

test.runIf(hasSchemas)('every object in them is valid against the published schemas', () => {
  const files = lay();
  const objects = [...files.keys()].filter((path) => path.endsWith('.yaml') && !/\/google\/(?:apply-spec|membership)\.yaml$/.test(path));
  expect(objects.length).toBeGreaterThan(20);
  for (const path of objects) expect(schemaFaults(objectIn(files, path)), path).toEqual([]);
});
