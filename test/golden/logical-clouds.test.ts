import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layout } from '../../generator/08-layout/layout.ts';
import { parseYaml } from '../../generator/lib/yaml/parse.ts';
import type { LogicalCloudSpec } from '../../generator/model/api.generated.ts';
import type { KnownCloud } from '../../generator/model/intents.ts';
import { isJsonObject } from '../../generator/model/json.ts';
import type { KubeObject } from '../../generator/model/kube.ts';
import { argoSyncs, makeArgoCluster } from '../support/argocd.ts';
import { makeArcCluster, makeAzureSync } from '../support/azure.ts';
import { hasSchemas, schemaFaults } from '../support/crd-schemas.ts';
import { configMap, deploymentObject, makeFluxCluster, makeLayoutRequest } from '../support/fleet.ts';
import { expectGolden } from '../support/golden.ts';
import { makeApp, makeCloud, makeCluster, makeDeployment } from '../support/intents.ts';

// A tenant with everything that it may have: all of its files on a Flux cluster; on the others those that differ, which are accounts and references.

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] as const;

const everything: Partial<LogicalCloudSpec> = {
  labels: { 'cost-centre': 'retail' },
  namespaces: [
    { name: 'retail', labels: { tier: 'front' }, isolation: { ingress: { namespaces: ['ingress-nginx'] }, egress: { anywhere: true } } },
    { name: 'retail-jobs', podSecurity: 'baseline', quota: { pods: 10 } },
  ],
  quota: { 'requests.cpu': '4', pods: '40' },
  limits: {
    container: { default: { cpu: 0.5, memory: '256Mi' }, defaultRequest: { memory: '64Mi', cpu: '50m' }, max: { memory: '1Gi' } },
    pod: { max: { cpu: '2' } },
    persistentVolumeClaim: { max: { storage: '10Gi' } },
  },
  isolation: { egress: { blocks: ['10.0.0.0/8', '2001:db8::/32'] } },
  users: ['ada@example.net'],
  groups: ['retail-developers'],
  permissions: [
    { apiGroups: ['', 'apps'], resources: ['services', 'configmaps', 'deployments'], verbs: [...verbs] },
    { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: [...verbs], namespaces: ['retail-jobs'] },
    { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'], account: false, groups: ['on-call'] },
    { apiGroups: ['scheduling.k8s.io'], resources: ['priorityclasses'], verbs: [...verbs], scope: 'Cluster' },
  ],
};

const clusters = [
  makeFluxCluster('provider1+flux'),
  makeArcCluster('provider1+arc'),
  makeArgoCluster('provider1+hub', 'hub-argocd'),
  makeArgoCluster('provider1+argo', 'hub-argocd'),
  makeCluster('provider1+plain'),
];

function lay(cloud: KnownCloud, settings: KubeObject): ReadonlyMap<string, string> {
  const deployment = makeDeployment([makeApp({ name: 'web' })]);
  const objects = [[settings, deploymentObject('web')]];
  const { value, diagnostics } = layout(
    makeLayoutRequest([{ cloud, deployment, clusters, objects }], { sync: [...argoSyncs, makeAzureSync()] }),
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const isTenants = (path: string): boolean => /\/(context|references\/[0-9]|argocd\/(applications|projects)\/[0-9])/.test(path);
  return new Map(value.filter(({ path }) => isTenants(path)).map(({ path, content }) => [path, content]));
}

const cases = [
  ['everything', makeCloud(everything), configMap('web', { namespace: 'retail-jobs' })],
  ['level-0', makeCloud({ level: 0, namespace: 'kube-system' }), { ...configMap('web', { namespace: 'monitoring' }) }],
] as const;

describe.each(cases)('a logical cloud with %s', (name, cloud, settings) => {
  const files = lay(cloud, settings);

  test('is that of the golden folder on each provider, file by file', () => {
    const kept = [...files].filter(([path]) => path.includes('/provider1+flux/') || !path.includes('/context/') || path.includes('serviceaccount'));
    expectGolden(join(import.meta.dirname, 'logical-clouds', name), new Map(kept));
  });

  test.runIf(hasSchemas)('is valid in the eyes of the published schemas', () => {
    for (const [path, text] of files) {
      if (path.endsWith('/kustomization.yaml')) continue;
      const [document] = parseYaml(text).documents;
      expect(isJsonObject(document?.value) ? schemaFaults(document.value) : ['no object'], path).toEqual([]);
    }
  });
});
