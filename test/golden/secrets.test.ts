import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layout } from '../../generator/08-layout/layout.ts';
import { parseYaml } from '../../generator/lib/yaml/parse.ts';
import { isJsonObject, type JsonObject } from '../../generator/model/json.ts';
import type { KubeObject } from '../../generator/model/kube.ts';
import { hasSchemas, schemaFaults } from '../support/crd-schemas.ts';
import { makeFluxCluster, makeLayoutRequest, makeSync } from '../support/fleet.ts';
import { expectGolden } from '../support/golden.ts';
import { makeApp, makeCloud, makeDeployment } from '../support/intents.ts';

// The tree of one cluster with Flux whose own credentials come from a store, and one app whose Secret SOPS has encrypted.

const ENCRYPTED = 'ENC[AES256_GCM,data:q1w2,iv:e3r4,tag:t5y6,type:str]';
const secret: KubeObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login' },
  stringData: { password: ENCRYPTED },
  sops: { age: [{ recipient: 'age1example', enc: 'example' }], encrypted_regex: '^(data|stringData)$', mac: ENCRYPTED, version: '3.13.2' },
};

const provider = { vault: { server: 'https://vault.example.net', auth: { kubernetes: { mountPath: 'edge1', role: 'flux' } } } };

test('the tree of a cluster with secrets is that of the golden folder, file by file', () => {
  const external = { secretStore: 'fleet', kind: 'SecretStore', key: 'fleet/git', provider } as const;
  const sync = [makeSync('provider1', { secretRef: { name: 'git-login', external } })];
  const cluster = makeFluxCluster('provider1+edge1', {}, { decryption: { provider: 'sops', secretRef: { name: 'sops-age' } } });
  const shop = makeDeployment([makeApp({ name: 'web' })]);
  const tenancy = { cloud: makeCloud(), deployment: shop, clusters: [cluster], objects: [[secret]] };
  const { value, diagnostics } = layout(makeLayoutRequest([tenancy], { sync }));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const files = value.filter(({ path }) => !/decisions\/|logical-cloud/.test(path));
  expectGolden(join(import.meta.dirname, 'secrets'), new Map(files.map(({ path, content }) => [path, content])));
  if (!hasSchemas) return;
  const objects = files.filter(({ path }) => /(?:credentials|references)\/.*\.yaml$/.test(path)).map(({ content }) => objectIn(content));
  expect(objects.map(({ kind }) => kind)).toContain('SecretStore');
  for (const object of objects) expect(schemaFaults(object), JSON.stringify(object['kind'])).toEqual([]);
});

function objectIn(text: string): JsonObject {
  const [document] = parseYaml(text).documents;
  if (!isJsonObject(document?.value)) throw new Error('no object');
  return document.value;
}
