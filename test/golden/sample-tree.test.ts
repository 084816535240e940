import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layout } from '../../generator/08-layout/layout.ts';
import type { LogicalCloudSpec } from '../../generator/model/api.generated.ts';
import type { KubeObject } from '../../generator/model/kube.ts';
import { makeCommitted, makeFluxCluster, makeLayoutRequest } from '../support/fleet.ts';
import { expectGolden } from '../support/golden.ts';
import { makeApp, makeCloud, makeDeployment } from '../support/intents.ts';

// The tree of one cluster with one logical cloud and one app, whole.

const permissions: LogicalCloudSpec['permissions'] = [
  {
    apiGroups: ['', 'apps'],
    resources: ['services', 'configmaps', 'deployments'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
];
const cloud = makeCloud({ quota: { 'requests.cpu': '4', 'requests.memory': '8Gi' }, permissions });
const shop = makeDeployment([makeApp({ name: 'redis', source: { template: 'redis' } })]);

const redis: readonly KubeObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'redis' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'redis' } },
      template: {
        metadata: { labels: { app: 'redis' } },
        spec: {
          containers: [
            {
              name: 'redis',
              image: 'redis:7.4',
              ports: [{ containerPort: 6379 }],
              resources: { requests: { cpu: '100m', memory: '64Mi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                runAsNonRoot: true,
                seccompProfile: { type: 'RuntimeDefault' },
              },
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'redis' },
    spec: { ports: [{ port: 6379, targetPort: 6379 }], selector: { app: 'redis' } },
  },
];

function generate(): Map<string, string> {
  const deployment = { ...shop, value: { ...shop.value, spec: { ...shop.value.spec, version: '1.4.0' } } };
  const request = makeLayoutRequest([{ cloud, deployment, clusters: [makeFluxCluster('provider1+cluster1')], objects: [redis] }], {
    committed: makeCommitted(['clusters/provider1+cluster1/flux-system/gotk-components.yaml']),
  });
  const { value, diagnostics } = layout(request);
  expect(diagnostics).toEqual([]);
  return new Map(value.map(({ path, content }) => [path, content]));
}

test("one cluster's tree is that of the golden folder, file by file", () => {
  expectGolden(join(import.meta.dirname, 'sample-tree'), generate());
});
