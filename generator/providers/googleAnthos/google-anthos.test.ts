import { describe, expect, test } from 'vitest';
import { objectIn, told } from '../../../test/support/argocd.ts';
import { hasSchemas, schemaFaults } from '../../../test/support/crd-schemas.ts';
import { configMap, deploymentObject, makeLayoutRequest } from '../../../test/support/fleet.ts';
import { googleSyncs, lay, makeGoogleCluster } from '../../../test/support/google.ts';
import { makeApp, makeCloud, makeDeployment } from '../../../test/support/intents.ts';
import { layout } from '../../08-layout/layout.ts';
import { valueAt } from '../../lib/json-path.ts';
import { repoPath } from '../../lib/path.ts';
import { referenceObject } from '../../lib/reference-object.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { GoogleSync } from '../../model/api.generated.ts';
import type { ContextId } from '../../model/context.ts';
import { instanceKey } from '../../model/context.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ReferenceRequest } from '../../model/provider.ts';
import type { ChartJob, RenderKey } from '../../model/render.ts';
import { chartObjects, chartSync } from './chart-sync.ts';
import { googleAnthos } from './google-anthos.ts';
import { chartSyncName } from './names.ts';
import { settingOf } from './setting.ts';

const CID = '4947908676737658207';
const CLOUD = '2698366390668718506';
const TREE = 'clusters/provider1+edge1';
const edge = makeGoogleCluster('provider1+edge1');
const DEPENDS_ON = 'config.kubernetes.io/depends-on';
const DELETION = 'client.lifecycle.config.k8s.io/deletion';

const annotation = (files: ReadonlyMap<string, string>, path: string, key: string) =>
  valueAt(objectIn(files, `${TREE}/namespaces/retail/context/${CID}/app/${path}`), ['metadata', 'annotations', key]);

describe('what Config Sync reads', () => {
  const two = { cache: [configMap('cache'), deploymentObject('cache')], web: [configMap('web'), deploymentObject('web')] };
  const { files } = lay({ clusters: [edge], apps: two });
  const paths = [...files.keys()].filter((path) => path.startsWith(TREE));

  test('has a kustomization nowhere, and lies in folders by rights', () => {
    expect(paths.filter((path) => /kustomization/i.test(path.slice(path.lastIndexOf('/'))))).toEqual([]);
    const read = ['cluster', 'namespaces/retail'].map((folder) => `${TREE}/${folder}/`);
    const others = paths.filter((path) => !read.some((folder) => path.startsWith(folder)));
    expect(others.map((path) => path.slice(TREE.length + 1))).toEqual([
      'google/README.md',
      'google/apply-spec.yaml',
      'google/membership.yaml',
      'google/root-sync.yaml',
    ]);
  });

  test('is one object a file, and what a tenant may have', () => {
    for (const path of paths.filter((each) => each.startsWith(`${TREE}/namespaces/`) && !each.endsWith('.md'))) {
      expect(parseYaml(files.get(path) ?? '').documents).toHaveLength(1);
      expect(valueAt(objectIn(files, path), ['metadata', 'namespace'])).toBe('retail');
    }
  });

  test('is all that Config Sync would take for manifests below its folders', () => {
    const text = paths.filter((path) => !path.includes('/google/') && !/\.ya?ml$/.test(path));
    expect(text.map((path) => path.slice(TREE.length + 1))).toEqual(['cluster/README.md', `namespaces/retail/${CLOUD}.md`]);
  });

  test('is found where the syncs look', () => {
    const dirs = [`${TREE}/google/root-sync.yaml`, `${TREE}/cluster/references/${CLOUD}-logical-cloud.yaml`].map((path) =>
      valueAt(objectIn(files, path), ['spec', 'git', 'dir']),
    );
    expect(dirs).toEqual([`${TREE}/cluster`, `${TREE}/namespaces/retail`]);
    for (const dir of dirs) expect(paths.some((path) => typeof dir === 'string' && path.startsWith(`${dir}/`))).toBe(true);
    const policyDirs = [
      valueAt(objectIn(files, `${TREE}/google/apply-spec.yaml`), ['spec', 'configSync', 'policyDir']),
      valueAt(objectIn(files, `${TREE}/google/membership.yaml`), ['configSync', 'git', 'policyDir']),
    ];
    expect(policyDirs).toEqual([dirs[0], dirs[0]]);
  });
});

test('the account that Config Sync makes for the RepoSync gets the tenant’s Role, and no more', () => {
  const bindings = googleAnthos.cloudObjects(makeCloud()).filter(({ kind }) => kind === 'RoleBinding');
  const own = bindings.filter((object) => JSON.stringify(object).includes('config-management-system'));
  expect(own).toEqual([
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'repo-sync.config-sync', namespace: 'retail', annotations: { [DELETION]: 'detach' } },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'retail' },
      subjects: [{ kind: 'ServiceAccount', name: 'ns-reconciler-retail', namespace: 'config-management-system' }],
    },
  ]);
});

test('a cloud’s namespace and rights outlive it', () => {
  const kept = googleAnthos
    .cloudObjects(makeCloud({ quota: { pods: 5 } }))
    .filter(({ metadata }) => JSON.stringify(metadata).includes('"detach"'))
    .map(({ kind }) => kind);
  expect(kept).toEqual(['Namespace', 'Role', 'RoleBinding', 'ServiceAccount', 'RoleBinding']);
});

describe('how Config Sync signs in', () => {
  test.each<[Partial<GoogleSync>, Parameters<typeof googleSyncs>[1], JsonObject]>([
    [{}, {}, { auth: 'token', secretRef: { name: 'flux-system' } }],
    [{}, { open: true }, { auth: 'none' }],
    [{}, { url: 'ssh://git@example.com/fleet' }, { auth: 'ssh', secretRef: { name: 'flux-system' } }],
    [{ auth: 'gcenode' }, { open: true }, { auth: 'gcenode' }],
    [
      { auth: 'gcpserviceaccount', serviceAccountEmail: 'reader@example-fleet.iam.gserviceaccount.com' },
      { open: true },
      { auth: 'gcpserviceaccount', gcpServiceAccountEmail: 'reader@example-fleet.iam.gserviceaccount.com' },
    ],
  ])('%j with %j', (google, git, expected) => {
    const { files } = lay({ clusters: [edge], sync: googleSyncs(google, git) });
    for (const path of [`google/root-sync.yaml`, `cluster/references/${CLOUD}-logical-cloud.yaml`]) {
      const { auth, secretRef, gcpServiceAccountEmail } = valueAt(objectIn(files, `${TREE}/${path}`), ['spec', 'git']) as JsonObject;
      expect(JSON.parse(JSON.stringify({ auth, secretRef, gcpServiceAccountEmail }))).toEqual(expected);
    }
    const { secretType, gcpServiceAccountEmail } = valueAt(objectIn(files, `${TREE}/google/apply-spec.yaml`), [
      'spec',
      'configSync',
    ]) as JsonObject;
    expect({ auth: secretType, ...(gcpServiceAccountEmail !== undefined && { gcpServiceAccountEmail }) }).toEqual(
      Object.fromEntries(Object.entries(expected).filter(([key]) => key !== 'secretRef')),
    );
  });
});

test('both forms of the fleet’s configuration say the same', () => {
  const cluster = makeGoogleCluster('provider1+edge1', {
    delivery: { interval: '90s' },
    gitOps: { agentVersion: '1.22.0', googleAnthos: { preventDrift: true } },
  });
  const { files } = lay({ clusters: [cluster] });
  const spec = valueAt(objectIn(files, `${TREE}/google/apply-spec.yaml`), ['spec']) as JsonObject;
  const { syncWait, syncRepo, syncRev, policyDir, secretType, sourceType, ...configSync } = spec['configSync'] as JsonObject;
  expect(sourceType).toBe('git');
  expect(syncWait).toBe(90);
  expect(objectIn(files, `${TREE}/google/membership.yaml`)).toEqual({
    version: spec['version'],
    configSync: { ...configSync, git: { syncRepo, syncRev, policyDir, secretType, syncWaitSecs: '90' } },
  });
});

describe('order', () => {
  const job = { ...deploymentObject('setup'), apiVersion: 'batch/v1', kind: 'Job' };

  test('is told to every object of who waits, by the workloads that it waits for', () => {
    const { files, diagnostics } = lay({
      clusters: [edge],
      apps: { base: [job, configMap('base'), deploymentObject('base')], web: [configMap('web')] },
    });
    expect(diagnostics).toEqual([]);
    expect(annotation(files, 'web/web-configmap.yaml', DEPENDS_ON)).toBe(
      'apps/namespaces/retail/Deployment/base,batch/namespaces/retail/Job/setup-22dc398f',
    );
    expect(annotation(files, 'base/base-deployment.yaml', DEPENDS_ON)).toBeUndefined();
  });

  test('is kept where the app that comes first is held', () => {
    const request = makeLayoutRequest(
      [
        {
          cloud: makeCloud(),
          deployment: makeDeployment([makeApp({ name: 'base' }), makeApp({ name: 'web', dependsOn: [{ app: 'base' }] })]),
          clusters: [edge],
          objects: [[deploymentObject('base')], [configMap('web')]],
        },
      ],
      { sync: googleSyncs() },
    );
    const before = layout(request).value;
    const committed = new Map(before.map(({ path }) => [path, { path, oid: '0' as never, isMarked: true }]));
    const held = request.instances.find(({ instance }) => instance.app === 'base');
    if (!held) throw new Error('no base');
    const gates = new Map([...request.gates, [instanceKey(held.instance), { do: 'keep', reasons: [] }] as const]);
    const after = layout({ ...request, committed, gates }).value;
    const web = `${TREE}/namespaces/retail/context/${CID}/app/web/web-configmap.yaml`;
    expect(after.some(({ path }) => path.includes('/app/base/'))).toBe(false);
    expect(after.find(({ path }) => path === web)?.content).toBe(before.find(({ path }) => path === web)?.content);
    expect(after.find(({ path }) => path === web)?.content).toContain('Deployment/base');
  });

  test('gives way to what a template says itself', () => {
    const own = {
      ...configMap('web'),
      metadata: { name: 'web', annotations: { [DEPENDS_ON]: 'apps/namespaces/retail/Deployment/other' } },
    };
    const { files } = lay({ clusters: [edge], apps: { base: [deploymentObject('base')], web: [own] } });
    expect(annotation(files, 'web/web-configmap.yaml', DEPENDS_ON)).toBe('apps/namespaces/retail/Deployment/other');
  });
});

test.each<[JsonObject, boolean]>([
  [{}, false],
  [{ deletionPolicy: 'Delete' }, false],
  [{ deletionPolicy: 'Orphan' }, true],
])('objects delivered with %j are left: %s', (delivery, isLeft) => {
  const { files } = lay({ clusters: [edge], delivery });
  const text = files.get(`${TREE}/namespaces/retail/context/${CID}/app/web/web-configmap.yaml`) ?? '';
  expect(annotation(files, 'web/web-configmap.yaml', DELETION)).toBe(isLeft ? 'detach' : undefined);
  expect(leavesObjects(text)).toBe(isLeft);
  expect(leavesObjects(files.get(`${TREE}/cluster/references/${CLOUD}-logical-cloud.yaml`))).toBe(false);
});

describe('a chart', () => {
  const chart = { repository: 'oci://registry.example.net/charts', name: 'web', version: '1.2.3' } as const;
  const job = (parts: Partial<ChartJob> = {}): ChartJob => ({ key: 'k' as RenderKey, chart, values: {}, patches: [], ...parts });
  const asked = { source: { file: repoPath('a'), line: 1, column: 1, length: 1 }, reach: { kind: 'run' } } as const;
  const cloud = makeCloud();
  const instance = { cluster: edge.id, context: CID as ContextId, app: 'web' } as const;

  test.each<[string, ChartJob, readonly string[]]>([
    ['nothing of note', job({ values: { a: { b: [1] } } }), []],
    ['values from a Secret', job({ chart: { ...chart, valuesFrom: [{ kind: 'Secret', name: 'a' }] } }), ['valuesFrom']],
    ['a digest', job({ chart: { ...chart, digest: `sha256:${'0'.repeat(64)}` } }), ['digest']],
    ['a patch', job({ patches: [{ target: {}, type: 'merge', patch: {} }] }), ['customize.patches']],
    ['a null', job({ values: { a: [{ b: null }] } }), ['null among its values']],
  ])('with %s', (_, one, unfit) => {
    const { value, diagnostics } = chartObjects({ cluster: edge, instance, cloud, job: one, delivery: {}, asked });
    expect(value).toBe('in-reference');
    expect(diagnostics.map(({ code, message }) => [code, message.split(' has no ')[1]])).toEqual(
      unfit.map((field) => ['google-chart-field', field]),
    );
  });

  function reposync(delivery: JsonObject, one = job()): ReadonlyMap<string, string> {
    const [sync, git] = [...googleSyncs()].reverse().map(({ value }) => value.spec);
    const setting = settingOf({
      cluster: edge,
      sync: {
        reference: { type: 'google', google: sync?.google ?? { project: '' } },
        resource: { url: git?.git?.url ?? '', branch: 'main', interval: '1m' },
      },
      present: new Map(),
      vendoredFlux: [],
    });
    if (!setting) throw new Error('no setting');
    const stamped = { instance, owner: makeDeployment([]).context, objects: [], printed: [], chart: one, revision: 'sha256-0' } as const;
    const request = {
      instance: stamped,
      cloud,
      version: '2',
      dependsOn: [],
      chartsFirst: [],
      wave: 1,
      delivery,
      asked: () => asked,
      askedBy: () => asked,
    };
    return new Map(chartSync(setting, request satisfies ReferenceRequest, one).map(({ path, content }) => [path, content]));
  }

  test.each<[JsonObject, ChartJob, JsonObject, string]>([
    [{}, job(), { auth: 'none', period: '1h0m0s' }, 'Foreground'],
    [{ interval: '5m', deletionPolicy: 'Orphan' }, job(), { auth: 'none', period: '5m0s' }, 'Orphan'],
    [
      {},
      job({ chart: { ...chart, secretRef: { name: 'login' } } }),
      { auth: 'token', secretRef: { name: 'login' }, period: '1h0m0s' },
      'Foreground',
    ],
  ])('delivered with %j is a RepoSync with an account of its own', (delivery, one, helm, deletion) => {
    const files = reposync(delivery, one);
    const name = `${CID}-web`;
    expect([...files.keys()]).toEqual([`${TREE}/cluster/references/${name}.yaml`, `${TREE}/cluster/references/${name}.rolebinding.yaml`]);
    const sync = objectIn(files, `${TREE}/cluster/references/${name}.yaml`);
    const { name: chartName, repository: repo, version } = chart;
    expect(valueAt(sync, ['spec', 'helm'])).toEqual({ chart: chartName, repo, version, releaseName: 'web', ...helm });
    const binding = objectIn(files, `${TREE}/cluster/references/${name}.rolebinding.yaml`);
    expect(valueAt(sync, ['metadata', 'annotations'])).toMatchObject({
      'configsync.gke.io/deletion-propagation-policy': deletion,
      [DEPENDS_ON]: `rbac.authorization.k8s.io/namespaces/retail/RoleBinding/${name}.config-sync`,
    });
    expect(valueAt(binding, ['metadata', 'name'])).toBe(`${name}.config-sync`);
    expect(valueAt(binding, ['subjects'])).toEqual([
      { kind: 'ServiceAccount', name: `ns-reconciler-retail-${name}-${name.length}`, namespace: 'config-management-system' },
    ]);
    expect(leavesObjects(files.get(`${TREE}/cluster/references/${name}.yaml`))).toBe(deletion === 'Orphan');
    if (hasSchemas) for (const path of files.keys()) expect(schemaFaults(objectIn(files, path))).toEqual([]);
  });

  test('has a name that fits beside the namespace, and its own', () => {
    const of = (app: string, namespace: string) => chartSyncName({ ...instance, app }, namespace);
    expect(of('web', 'retail')).toBe(`${CID}-web`);
    for (const namespace of ['a'.repeat(22), 'a'.repeat(23), 'a'.repeat(36)])
      expect(of('web', namespace).length + namespace.length, namespace).toBeLessThanOrEqual(45);
    expect(of('web', 'a'.repeat(36))).not.toBe(of('api', 'a'.repeat(36)));
    expect(of('web', 'a'.repeat(36))).toMatch(/^x[0-9a-f]{8}$/);
  });
});

test('an app that waits for a chart, or a chart that waits, is told', () => {
  const sources = (name: string, isChart: boolean) =>
    isChart ? { chart: { repository: 'oci://registry.example.net/charts', name, version: '1.2.3' } } : { template: name };
  const found = (charts: readonly string[]) => {
    const deployment = makeDeployment([
      makeApp({ name: 'base', source: sources('base', charts.includes('base')) }),
      makeApp({ name: 'web', source: sources('web', charts.includes('web')), dependsOn: [{ app: 'base' }] }),
    ]);
    return told(
      layout(
        makeLayoutRequest([{ cloud: makeCloud(), deployment, clusters: [edge], objects: [[configMap('base')], [configMap('web')]] }], {
          sync: googleSyncs(),
        }),
      ).diagnostics,
    );
  };
  expect(found([])).toEqual([]);
  expect(found(['base'])).toEqual(['warning google-order-ignored shop#spec.apps.1.name']);
});

function leavesObjects(text = ''): boolean {
  return googleAnthos.leavesObjects(referenceObject(text) ?? {});
}
