import { expect, test } from 'vitest';
import { type ArcParts, makeArc } from '../../../test/support/azure.ts';
import { configMap, makeInstance, makeRendered } from '../../../test/support/fleet.ts';
import { makeApp, makeCloud, makeDeployment } from '../../../test/support/intents.ts';
import { stampCloud } from '../../06-render/stamp-cloud.ts';
import { stamp } from '../../06-render/stamp.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { Chart, ClusterGitOps } from '../../model/api.generated.ts';
import { JSON_MARKER, MARKER, SLASH_MARKER } from '../../model/file.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ChartRelease, ProviderCluster, ReferenceRequest } from '../../model/provider.ts';
import type { RenderKey, StampedInstance } from '../../model/render.ts';
import type { RepoPath } from '../../model/source.ts';
import { fluxv2 } from '../fluxv2/fluxv2.ts';
import { azureArc } from './azure-arc.ts';

const cloud = { ...makeCloud({ namespace: 'tenant-7' }), namespace: 'tenant-7' };
const deployment = makeDeployment([makeApp()]);

function requestOf(instance: StampedInstance): ReferenceRequest {
  return {
    instance,
    version: '1.4.0',
    cloud,
    asked: () => ({ source: deployment.at([]), reach: { kind: 'run' } }),
    dependsOn: ['1-logical-cloud', '2-redis'],
    chartsFirst: [],
    wave: 2,
    delivery: { timeout: '90s', wait: false },
    askedBy: (field) => ({ source: { file: field as RepoPath, line: 1, column: 1, length: 1 }, reach: { kind: 'run' } }),
  };
}

function refer(at: ProviderCluster, instance?: StampedInstance) {
  const app = () => stamp(makeInstance(deployment, at.cluster), makeRendered([configMap('web')]), cloud).value;
  return azureArc.reference(at, requestOf(instance ?? app())).value;
}

function objectOf(text: string | undefined): { metadata: JsonObject; spec: JsonObject } {
  return parseYaml(text ?? '').documents[0]!.value as { metadata: JsonObject; spec: JsonObject };
}

test("an app is referred to in the configuration's namespace, from its source, under its tenant's account", () => {
  const [file] = refer(makeArc({ gitOps: { azureArc: { configuration: 'shops' } } }));
  const name = `${deployment.context.id}-web`;
  expect(file?.path).toBe(`clusters/provider1+edge1/references/${name}-kcust.yaml`);
  const { metadata, spec } = objectOf(file?.content);
  expect(metadata).toMatchObject({ name, namespace: 'fleet-config' });
  expect(spec).toEqual({
    dependsOn: [{ name: '1-logical-cloud' }, { name: '2-redis' }],
    interval: '10m0s',
    retryInterval: '1m0s',
    timeout: '1m30s',
    path: `./clusters/provider1+edge1/context/${deployment.context.id}/app/web`,
    prune: true,
    wait: false,
    serviceAccountName: 'tenant-7',
    targetNamespace: 'tenant-7',
    sourceRef: { kind: 'GitRepository', name: 'shops' },
  });
});

test('a logical cloud is referred to under the account that Arc makes', () => {
  const at = makeArc();
  const [file] = refer(at, stampCloud(cloud, at.cluster.id, azureArc.cloudObjects(cloud)));
  expect(objectOf(file?.content).spec).toMatchObject({ serviceAccountName: 'flux-applier', sourceRef: { name: 'fleet' } });
});

test("no object of a cloud that the agent works with is in another namespace than the configuration's or the tenant's", () => {
  const objects = azureArc.cloudObjects({ ...cloud, value: { ...cloud.value, spec: { ...cloud.value.spec, charts: true } } });
  const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata['namespace']);
  expect(accounts).toEqual(['fleet-config', 'tenant-7']);
  const binding = objects.find(({ kind }) => kind === 'RoleBinding');
  expect(binding?.['subjects']).toEqual(accounts.map((namespace) => ({ kind: 'ServiceAccount', name: 'tenant-7', namespace })));
});

test("Arc's first Kustomization reads the references alone, and installs no second Flux", () => {
  const files = new Map(
    azureArc.bootstrap(makeArc()).map(({ path, content }) => [path.slice('clusters/provider1+edge1/'.length), content]),
  );
  const [root] = parseYaml(files.get('kustomization.yaml') ?? '').documents;
  expect(root?.value).toMatchObject({ resources: ['references.yaml'] });
  expect([...files.keys()].filter((path) => path.startsWith('flux-system/'))).toEqual([]);
  const { metadata, spec } = objectOf(files.get('references.yaml'));
  expect(metadata).toMatchObject({ name: 'references', namespace: 'fleet-config' });
  expect(spec).toEqual({
    interval: '10m0s',
    retryInterval: '1m0s',
    path: './clusters/provider1+edge1/references',
    prune: true,
    serviceAccountName: 'flux-applier',
    sourceRef: { kind: 'GitRepository', name: 'fleet' },
  });
});

test('each file of azure/ begins with the marker of its language', () => {
  const firstLines = azureArc
    .bootstrap(makeArc())
    .filter(({ path }) => path.includes('/azure/'))
    .map(({ path, content }) => [path.split('/').at(-1), content.split('\n')[0]]);
  expect(firstLines).toEqual([
    ['main.bicep', SLASH_MARKER],
    ['azuredeploy.json', JSON_MARKER],
    ['azuredeploy.parameters.json', JSON_MARKER],
    ['README.md', MARKER],
  ]);
});

test('the ended form has the files for Azure, and nothing that Flux 1 would not know', () => {
  const at = makeArc({ gitOps: { azureArc: { form: 'sourceControlConfigurations' } } });
  expect(azureArc.bootstrap(at).every(({ path }) => path.startsWith('clusters/provider1+edge1/azure/'))).toBe(true);
  expect(refer(at)).toEqual([]);
});

test("without the lockdown, a tenant's own HelmRelease must name its account, as on Flux", () => {
  const release = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'db' }, spec: { interval: '1h' } };
  const codes = [true, false].map((lockdown) => {
    const at = makeArc({ gitOps: { lockdown } });
    const instance = stamp(makeInstance(deployment, at.cluster), makeRendered([release]), cloud).value;
    return azureArc.reference(at, requestOf(instance)).diagnostics.map(({ code }) => code);
  });
  expect(codes).toEqual([[], ['flux-account-missing']]);
});

test('one app on clusters of both agents has the namespace and the source of each', () => {
  const at = makeArc();
  const instance = stamp(makeInstance(deployment, at.cluster), makeRendered([configMap('web')]), cloud).value;
  const texts = [azureArc, fluxv2, azureArc].map((provider) => objectOf(provider.reference(at, requestOf(instance)).value[0]?.content));
  expect(texts.map(({ metadata, spec }) => [metadata['namespace'], spec['sourceRef']])).toEqual([
    ['fleet-config', { kind: 'GitRepository', name: 'fleet' }],
    ['flux-system', { kind: 'GitRepository', name: 'flux-system' }],
    ['fleet-config', { kind: 'GitRepository', name: 'fleet' }],
  ]);
});

test('a cluster whose sync objects are missing or do not fit gets no files', () => {
  const { sync, ...at } = makeArc();
  expect(azureArc.bootstrap(at)).toEqual([]);
  const unfit = { ...at, sync: { resource: sync!.resource, reference: { type: 'git', git: sync!.resource } } } as const;
  expect(azureArc.bootstrap(unfit)).toEqual([]);
});

const OCI: Chart = { repository: 'oci://registry.example.net/charts', name: 'podinfo', version: '6.14.1' };

function releaseOf(gitOps: Partial<ClusterGitOps>): ChartRelease {
  const { cluster } = makeArc({ gitOps });
  const job = { key: 'key' as RenderKey, chart: OCI, values: {}, patches: [] };
  const instance = { cluster: cluster.id, context: deployment.context.id, app: 'web' };
  return { cluster, instance, cloud, job, delivery: {}, asked: { source: deployment.at([]), reach: { kind: 'run' } } };
}

function objectsOf(release: ChartRelease): readonly KubeObject[] {
  const { value } = azureArc.chartObjects(release);
  if (value === 'in-reference') throw new Error('Flux takes charts as objects');
  return value;
}

test.each<[string, Partial<ClusterGitOps>, string[]]>([
  ['without a version', {}, []],
  ['with Flux 2.5', { agentVersion: '2.5' }, ['field-unknown-to-agent']],
  ['in the ended form', { azureArc: { form: 'sourceControlConfigurations' } }, ['chart-without-agent']],
])('a chart on a cluster %s', (_, gitOps, codes) => {
  expect(azureArc.chartObjects(releaseOf(gitOps)).diagnostics.map(({ code }) => code)).toEqual(codes);
  expect(objectsOf(releaseOf(gitOps)).map(({ kind }) => kind)).toEqual(codes.length === 0 ? ['HelmRelease', 'OCIRepository'] : []);
});

test("without a version, nothing is written that a supported extension's Flux may not know", () => {
  const [release] = objectsOf(releaseOf({}));
  expect((release?.['spec'] as JsonObject)['install']).toEqual({ crds: 'Skip', remediation: { retries: 3 } });
  expect(azureArc.chartObjects(releaseOf({ agentVersion: '2.7' }))).toEqual(fluxv2.chartObjects(releaseOf({ agentVersion: '2.7' })));
});

const ended = { azureArc: { form: 'sourceControlConfigurations' } } as const;

test.each<[string, ArcParts[], string[]]>([
  ['as they should be', [{}, { id: 'provider1+edge2' }], []],
  ['with Flux 1.25', [{ gitOps: { agentVersion: '1.25' } }], ['agent-too-old']],
  ['with Flux 2.10', [{ gitOps: { agentVersion: '2.10' } }], ['agent-newer-than-known']],
  ['of a name with a dot', [{ gitOps: { resourceName: 'edge.1' } }], ['azure-resource-name']],
  ['with the longest name', [{ gitOps: { azureArc: { configuration: 'x'.repeat(58) } } }], []],
  ['with a name too long', [{ gitOps: { azureArc: { configuration: 'x'.repeat(59) } } }], ['azure-name-too-long']],
  [
    'with the longest name of the ended form',
    [{ gitOps: { azureArc: { ...ended.azureArc, configuration: 'x'.repeat(23) } } }],
    ['azure-form-ended'],
  ],
  [
    'with a name too long for the ended form',
    [{ gitOps: { azureArc: { ...ended.azureArc, configuration: 'x'.repeat(24) } } }],
    ['azure-name-too-long'],
  ],
  ['in the ended form', [{ gitOps: ended }, { id: 'provider1+edge2', gitOps: ended }], ['azure-form-ended']],
  [
    'in the ended form with an extension',
    [{ gitOps: { azureArc: { ...ended.azureArc, extensionVersion: '1.23.0' } } }],
    ['azure-form-without-extension'],
  ],
  ['of one name', [{}, { id: 'provider2+edge1' }], ['azure-resource-shared']],
  [
    'of one name but for its case',
    [{}, { id: 'provider1+edge2', gitOps: { resourceName: 'EDGE1' }, azure: { resourceGroup: 'Edge' } }],
    ['azure-resource-shared'],
  ],
  ['of one name in two groups', [{}, { id: 'provider2+edge1', azure: { resourceGroup: 'other' } }], []],
  ['of one name and two types', [{}, { id: 'provider2+edge1', azure: { clusterType: 'managedClusters' } }], []],
])('check() of clusters %s', (_, clusters, codes) => {
  expect(azureArc.check(clusters.map(makeArc)).map(({ code }) => code)).toEqual(codes);
});

test.each([
  ['references/12-redis-kcust.yaml', { context: '12', app: 'redis' }],
  ['references/README.md', undefined],
  ['azure/main.bicep', undefined],
])('ownerOf(%s)', (path, owner) => {
  expect(azureArc.ownerOf(path)).toEqual(owner);
});
