import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { layout } from '../../generator/08-layout/layout.ts';
import { parseYaml } from '../../generator/lib/yaml/parse.ts';
import type { LogicalCloudSpec } from '../../generator/model/api.generated.ts';
import type { KubeObject } from '../../generator/model/kube.ts';
import { makeArcCluster, makeAzureSync } from '../support/azure.ts';
import { configMap, deploymentObject, makeLayoutRequest, makeSync } from '../support/fleet.ts';
import { expectGolden } from '../support/golden.ts';
import { makeApp, makeCloud, makeDeployment } from '../support/intents.ts';

// The trees of two clusters, one through Arc and one in AKS, with one logical cloud and two apps.
const folder = join(import.meta.dirname, 'azure-arc');

const permissions: NonNullable<LogicalCloudSpec['permissions']> = [
  { apiGroups: ['', 'apps'], resources: ['services', 'configmaps', 'deployments'], verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] },
];

function generate(): Map<string, string> {
  const clusters = [
    makeArcCluster('edge+kiosk-1', { resourceName: 'Kiosk_1' }, { delivery: { interval: '5m' } }),
    makeArcCluster('aks+westeurope', { agentVersion: '2.7', lockdown: false, azureArc: { configuration: 'shops', extensionVersion: '1.23.0' } }),
  ];
  const deployment = makeDeployment([makeApp({ name: 'cache' }), makeApp({ name: 'web', dependsOn: [{ app: 'cache' }] })]);
  const objects = ['cache', 'web'].map((name) => [configMap(name), deploymentObject(name)]);
  const request = makeLayoutRequest([{ cloud: makeCloud({ quota: { pods: '20' }, permissions }), deployment, clusters, objects }], {
    sync: [
      makeAzureSync({}, 'edge'),
      makeSync('edge', { secretRef: { name: 'fleet-git' } }),
      makeAzureSync({ resourceGroup: 'shops', clusterType: 'managedClusters' }, 'aks'),
      makeSync('aks', { url: 'ssh://git@github.com/example/fleet', branch: 'live', secretRef: { name: 'deploy-key' } }),
    ],
  });
  const { value, diagnostics } = layout(request);
  expect(diagnostics).toEqual([]);
  return new Map(value.map(({ path, content }) => [path, content]));
}

test('two clusters of Azure have the trees of the golden folder, file by file', () => {
  expectGolden(folder, generate());
});

const SCHEMAS = process.env['ESPALIER_SCHEMAS'] ?? resolve(import.meta.dirname, '../../../shared/schemas');

// Skipped where the schemas of Kubernetes and Flux are not at hand.
describe.skipIf(!existsSync(SCHEMAS))('by the published schemas', () => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const objects = [...generate()]
    .filter(([path]) => path.endsWith('.yaml') && !/decisions\/|\/kustomization\.yaml$/.test(path))
    .map(([path, content]) => [path, parseYaml(content).documents[0]?.value as KubeObject] as const);

  test.each(objects)('%s is valid', (_, object) => {
    const [version = '', group = 'core'] = object.apiVersion.split('/').toReversed();
    const file = join(SCHEMAS, group, `${object.kind.toLowerCase()}_${version}.json`);
    const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
    expect(validate(object) ? [] : validate.errors).toEqual([]);
  });
});
