import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layout } from '../../generator/08-layout/layout.ts';
import { parseYaml } from '../../generator/lib/yaml/parse.ts';
import { isJsonObject } from '../../generator/model/json.ts';
import { makeArcCluster, makeAzureSync } from '../support/azure.ts';
import { hasSchemas, schemaFaults } from '../support/crd-schemas.ts';
import { configMap, makeFluxCluster, makeLayoutRequest, makeSync } from '../support/fleet.ts';
import { expectGolden } from '../support/golden.ts';
import { makeApp, makeCloud, makeDeployment } from '../support/intents.ts';

// A tenant of two namespaces whose references are in the first of them, on Flux and on Arc, with a repository whose credentials come from a store.

const external = { secretStore: 'fleet', kind: 'SecretStore', key: 'fleet/git', provider: { vault: { server: 'https://vault.example.net' } } } as const;

function generate(): ReadonlyMap<string, string> {
  const cloud = makeCloud({ references: 'tenant', charts: true, namespaces: [{ name: 'retail', labels: { tier: 'front' } }, { name: 'jobs' }] });
  const deployment = makeDeployment([makeApp({ name: 'cache' }), makeApp({ name: 'web', dependsOn: [{ app: 'cache' }] })]);
  const clusters = [makeFluxCluster('provider1+flux', { delivery: { interval: '5m' } }), makeArcCluster('provider1+arc')];
  const sync = [makeSync('provider1', { interval: '3m', secretRef: { name: 'git-login', external } }), makeAzureSync()];
  const objects = [[configMap('cache')], [configMap('web', { namespace: 'jobs' })]];
  const { value, diagnostics } = layout(makeLayoutRequest([{ cloud, deployment, clusters, objects }], { sync }));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  // What the cluster itself has is in other golden folders.
  const isTenants = (path: string): boolean => /\/(context|(references|credentials)\/[0-9])/.test(path) && !/\/app\/(cache|web)\//.test(path);
  return new Map(value.filter(({ path }) => isTenants(path)).map(({ path, content }) => [path, content]));
}

test("what a tenant with references of its own has on Flux and on Arc is in the golden folder, file by file, and sound", () => {
  const files = generate();
  expectGolden(join(import.meta.dirname, 'tenant-references'), files);
  if (!hasSchemas) return;
  for (const [path, text] of files) {
    if (path.endsWith('/kustomization.yaml')) continue;
    const [document] = parseYaml(text).documents;
    expect(isJsonObject(document?.value) ? schemaFaults(document.value) : ['no object'], path).toEqual([]);
  }
});
