import { afterAll, describe, expect, test } from 'vitest';
import { makeFluxCluster } from '../../../test/support/fleet.ts';
import { makeApp, makeCloud, makeDeployment } from '../../../test/support/intents.ts';
import { compose } from '../../03-compose/compose.ts';
import { createWasmKustomizer } from '../../io/kustomize/wasm.ts';
import { canonical } from '../../lib/canonical.ts';
import { valueAt } from '../../lib/json-path.ts';
import { podTemplatePath } from '../../lib/kube-names.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { App, Chart, Delivery } from '../../model/api.generated.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ChartRelease } from '../../model/provider.ts';
import { isChartJob } from '../../model/render.ts';
import { kubernetes } from '../kubernetes/kubernetes.ts';
import { fluxChartObjects } from '../shared/flux-chart-objects.ts';
import { agentVersion } from './agent-version.ts';
import { fluxv2 } from './fluxv2.ts';

function chartObjects(release: ChartRelease) {
  return fluxChartObjects(release, agentVersion(release.cluster));
}

const oci: Chart = { repository: 'oci://ghcr.io/stefanprodan/charts/', name: 'podinfo', version: '6.14.1' };
const http: Chart = { repository: 'https://charts.example.net/stable', name: 'podinfo', version: '6.14.1' };
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

interface Setting {
  readonly agentVersion?: string;
  readonly delivery?: Delivery;
}

function releaseOf(chart: Chart, app: Partial<App> = {}, { agentVersion = '2.9', delivery = {} }: Setting = {}): ChartRelease {
  const cluster = makeFluxCluster('provider1+cluster1', { variables: { site: 'lisbon' } }, { agentVersion });
  const deployment = makeDeployment([makeApp({ name: 'pod', source: { chart }, ...app })]);
  const at = deployment.at;
  const job = compose({ deployment, app: { value: deployment.value.spec.apps[0], at }, cluster }).value;
  if (!job || !isChartJob(job)) throw new Error('no chart');
  const instance = { cluster: cluster.id, context: deployment.context.id, app: 'pod' };
  const asked = { source: at(['spec', 'apps', 0, 'source', 'chart']), reach: { kind: 'run' } } as const;
  return { cluster, instance, cloud: makeCloud({ charts: true }), job, delivery, asked };
}

function textOf(release: ChartRelease): string {
  const { value, diagnostics } = chartObjects(release);
  expect(diagnostics).toEqual([]);
  return value.map((object) => printYaml(canonical(object))).join('---\n');
}

function specOf(release: ChartRelease, kind: string): JsonObject {
  return chartObjects(release).value.find((object) => object.kind === kind)?.['spec'] as JsonObject;
}

const OCI = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: pod
spec:
  chartRef:
    kind: OCIRepository
    name: pod
  driftDetection:
    mode: enabled
  install:
    crds: Skip
    strategy:
      name: RetryOnFailure
      retryInterval: 1m0s
  interval: 10m0s
`;

test('a chart from a registry is a HelmRelease of an OCIRepository', () => {
  const text = textOf(releaseOf(oci, { values: { replicaCount: 2, ui: { message: null } } }));
  expect(text.slice(0, OCI.length)).toBe(OCI);
  expect(text).toContain(`  releaseName: pod
  serviceAccountName: retail
  storageNamespace: retail
  targetNamespace: retail
  timeout: 5m0s
  upgrade:
    crds: Skip
    remediation:
      retries: 3
  values:
    replicaCount: 2
    ui:
      message: null
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: pod
spec:
  interval: 10m0s
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
  ref:
    tag: 6.14.1
  url: oci://ghcr.io/stefanprodan/charts/podinfo
`);
});

test('a chart from an index is a HelmRelease of a HelmRepository', () => {
  const secretRef = { name: 'charts-login' };
  const release = releaseOf({ ...http, secretRef });
  expect(specOf(release, 'HelmRepository')).toEqual({ interval: '10m0s', url: http.repository, secretRef });
  expect(specOf(release, 'HelmRelease')['chart']).toEqual({
    spec: { chart: 'podinfo', version: '6.14.1', sourceRef: { kind: 'HelmRepository', name: 'pod' } },
  });
  expect(specOf(release, 'HelmRelease')['chartRef']).toBeUndefined();
});

test('a digest pins the chart, and build metadata is tagged as Helm pushes it', () => {
  expect(specOf(releaseOf({ ...oci, version: '1.2.3+b4', digest }), 'OCIRepository')['ref']).toEqual({ tag: '1.2.3_b4', digest });
});

test('delivery decides how often, how long and how soon again', () => {
  const delivery = { interval: '30m', timeout: '15m', retryInterval: '90s' };
  const release = releaseOf(oci, {}, { delivery });
  const spec = specOf(release, 'HelmRelease');
  expect([spec['interval'], spec['timeout'], spec['install'], specOf(release, 'OCIRepository')['interval']]).toEqual([
    '30m0s',
    '15m0s',
    { crds: 'Skip', strategy: { name: 'RetryOnFailure', retryInterval: '1m30s' } },
    '30m0s',
  ]);
});

describe('only what the agent knows is written:', () => {
  test.each([
    ['2.3', http, 'remediation'],
    ['2.6', oci, 'remediation'],
    ['2.7', oci, 'strategy'],
    ['2.10', oci, 'strategy'],
  ])('Flux %s', (agentVersion, chart, member) => {
    const install = specOf(releaseOf(chart, {}, { agentVersion }), 'HelmRelease')['install'];
    expect(Object.keys(install as JsonObject)).toEqual(['crds', member]);
  });

  test.each([
    ['2.2', http],
    ['2.5', oci],
  ])('Flux %s cannot', (agentVersion, chart) => {
    const { value, diagnostics } = fluxv2.chartObjects(releaseOf(chart, {}, { agentVersion }));
    expect(value).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['field-unknown-to-agent']);
  });
});

test('values that are in the cluster are named, never written', () => {
  const valuesFrom: Chart['valuesFrom'] = [
    { kind: 'Secret', name: 'login', valuesKey: 'password', targetPath: 'auth.password', optional: true },
  ];
  const spec = specOf(releaseOf({ ...oci, valuesFrom }), 'HelmRelease');
  expect(spec['valuesFrom']).toEqual(valuesFrom);
  expect(Object.hasOwn(spec, 'values')).toBe(false);
});

test('a cluster without an agent cannot install a chart', () => {
  const { value, diagnostics } = kubernetes.chartObjects(releaseOf(oci));
  expect(value).toEqual([]);
  expect(diagnostics.map(({ code, source }) => `${code} ${source?.file}`)).toEqual(['chart-without-agent shop#spec.apps.0.source.chart']);
});

describe('patches that the agent applies to what the chart renders', () => {
  const kustomizer = createWasmKustomizer();
  afterAll(() => kustomizer.close());

  const pod = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image: 'c:1' }] } };
  const objects: readonly KubeObject[] = [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: { replicas: 1, selector: { matchLabels: { app: 'a' } }, template: pod },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'b' },
      spec: { schedule: '* * * * *', jobTemplate: { spec: { template: pod } } },
    },
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'c' }, spec: { template: pod } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'd', labels: { own: 'yes' } }, spec: { ports: [] } },
    { apiVersion: 'example.net/v1', kind: 'Gadget', metadata: { name: 'e' }, spec: {} },
  ];

  /** What helm-controller does with post renderers: a kustomization with the rendered objects and the patches. */
  async function rendered(app: Partial<App> = {}): Promise<readonly KubeObject[]> {
    const [{ kustomize }] = specOf(releaseOf(oci, app), 'HelmRelease')['postRenderers'] as unknown as [{ kustomize: JsonObject }];
    const files = new Map([
      ['kustomization.yaml', printYaml({ resources: ['all.yaml'], ...kustomize })],
      ['all.yaml', objects.map((object) => printYaml(object)).join('---\n')],
    ]);
    const built = await kustomizer.build(files, '.');
    if (!built.ok) throw new Error(built.message);
    return built.objects;
  }

  test('label every object and every pod with the instance', async () => {
    const deploymentId = `${releaseOf(oci).instance.context}-pod`;
    const found = await rendered();
    expect(found.map(({ metadata }) => (metadata['labels'] as JsonObject)['emco/deployment-id'])).toEqual(objects.map(() => deploymentId));
    const podLabels = found.flatMap((object) => {
      const path = podTemplatePath(object);
      return path ? [valueAt(object, [...path, 'metadata', 'labels'])] : [];
    });
    expect(podLabels).toEqual(Array(3).fill({ app: 'a', 'emco/deployment-id': deploymentId }));
    expect(JSON.stringify(found)).toContain('"matchLabels":{"app":"a"}');
    expect(found.find(({ kind }) => kind === 'Service')?.metadata['labels']).toEqual({ own: 'yes', 'emco/deployment-id': deploymentId });
  });

  test('come from the intent first, both kinds', async () => {
    const customize: NonNullable<App['customize']> = [
      { clusters: {}, patches: [{ target: { kind: 'Deployment' }, strategic: { spec: { minReadySeconds: 5 } } }] },
      { clusters: { provider: 'other' }, patches: [{ target: { kind: 'Deployment' }, strategic: { spec: { paused: true } } }] },
      {
        clusters: {},
        patches: [{ target: { kind: 'Deployment', name: 'a' }, json6902: [{ op: 'remove', path: '/spec/replicas' }] }],
      },
    ];
    const deployment = (await rendered({ customize })).find(({ kind }) => kind === 'Deployment');
    expect(deployment?.['spec']).toMatchObject({ minReadySeconds: 5 });
    expect(Object.keys(deployment?.['spec'] as JsonObject)).toEqual(['minReadySeconds', 'selector', 'template']);
  });
});

describe('a logical cloud with charts', () => {
  const objectsOf = (charts: boolean): readonly KubeObject[] => fluxv2.cloudObjects(makeCloud({ charts }));
  const accounts = (charts: boolean): readonly unknown[] =>
    objectsOf(charts).flatMap(({ kind, metadata }) => (kind === 'ServiceAccount' ? [metadata['namespace']] : []));

  test('has an account beside the charts, and the rights for them, and no other cloud has', () => {
    expect(accounts(true)).toEqual(['flux-system', 'retail']);
    expect(accounts(false)).toEqual(['flux-system']);
    expect(JSON.stringify(objectsOf(true))).toContain('helmreleases');
    expect(JSON.stringify(objectsOf(false))).not.toContain('helmreleases');
    const binding = objectsOf(true).find(({ kind }) => kind === 'RoleBinding');
    expect(binding?.['subjects']).toEqual(
      ['flux-system', 'retail'].map((namespace) => ({ kind: 'ServiceAccount', name: 'retail', namespace })),
    );
  });

  test('is like any other where the agent installs none', () => {
    expect(kubernetes.cloudObjects(makeCloud({ charts: true }))).toEqual(kubernetes.cloudObjects(makeCloud()));
  });
});
