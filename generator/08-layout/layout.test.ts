import { expect, test } from 'vitest';
import {
  configMap,
  deploymentObject,
  makeCommitted,
  makeFluxCluster,
  makeLayoutRequest,
  makeSync,
  type Tenancy,
} from '../../test/support/fleet.ts';
import { makeApp, makeCloud, makeCluster, makeDeployment } from '../../test/support/intents.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import type { Gated } from '../model/change.ts';
import { instanceKey } from '../model/context.ts';
import { MARKER } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { providers } from '../providers/registry.ts';
import { layout, type LayoutRequest } from './layout.ts';
import { ownerOf } from './owner-of.ts';

const one = makeFluxCluster('provider1+cluster1');
const two = makeFluxCluster('provider1+cluster2');
const bare = makeCluster('provider1+bare');
const cloud = makeCloud({ quota: { 'requests.cpu': 4 } });
const shop = makeDeployment([makeApp({ name: 'redis' }), makeApp({ name: 'web', dependsOn: [{ app: 'redis' }] })]);

function makeTenancy(parts: Partial<Tenancy> = {}): Tenancy {
  return { cloud, deployment: shop, clusters: [one, two], objects: [[configMap('redis')], [deploymentObject('web')]], ...parts };
}

const vendored = makeCommitted(['one', 'two'].map((_, index) => `clusters/provider1+cluster${index + 1}/flux-system/gotk-components.yaml`));

function run(parts: Partial<LayoutRequest> = {}, tenancies = [makeTenancy()]) {
  return layout(makeLayoutRequest(tenancies, { committed: vendored, ...parts }));
}

function codes(outcome: ReturnType<typeof layout>): string[] {
  return outcome.diagnostics.map(({ code }) => code);
}

const cid = shop.context.id;
const cloudId = cloud.context.id;
const folder = (cluster: string) => [
  `clusters/${cluster}/context/${cloudId}/app/logical-cloud/kustomization.yaml`,
  `clusters/${cluster}/context/${cloudId}/app/logical-cloud/retail-namespace.yaml`,
  `clusters/${cluster}/context/${cloudId}/app/logical-cloud/retail-resourcequota.yaml`,
  `clusters/${cluster}/context/${cloudId}/app/logical-cloud/retail-role.yaml`,
  `clusters/${cluster}/context/${cloudId}/app/logical-cloud/retail-rolebinding.yaml`,
  `clusters/${cluster}/context/${cloudId}/app/logical-cloud/retail-serviceaccount.flux-system.yaml`,
  `clusters/${cluster}/context/${cid}/app/redis/kustomization.yaml`,
  `clusters/${cluster}/context/${cid}/app/redis/redis-configmap.yaml`,
  `clusters/${cluster}/context/${cid}/app/web/kustomization.yaml`,
  `clusters/${cluster}/context/${cid}/app/web/web-deployment.yaml`,
];
const start = (cluster: string) => [
  `clusters/${cluster}/flux-system/gotk-sync.yaml`,
  `clusters/${cluster}/flux-system/kustomization.yaml`,
  `clusters/${cluster}/kustomization.yaml`,
  `clusters/${cluster}/references.yaml`,
  `clusters/${cluster}/references/README.md`,
];
const references = (cluster: string) => [
  `clusters/${cluster}/references/${cloudId}-logical-cloud-kcust.yaml`,
  `clusters/${cluster}/references/${cid}-redis-kcust.yaml`,
  `clusters/${cluster}/references/${cid}-web-kcust.yaml`,
];
const decisions = ['clusters/decisions/retail.shop/redis.yaml', 'clusters/decisions/retail.shop/web.yaml'];

test('layout() writes what an agent reads first, and a folder and a reference for each instance', () => {
  const { value, diagnostics } = run();
  expect(diagnostics).toEqual([]);
  const wanted = ['provider1+cluster1', 'provider1+cluster2'].flatMap((id) => [...folder(id), ...start(id), ...references(id)]);
  expect(value.map(({ path }) => path)).toEqual([...wanted, ...decisions].sort());
});

test("every file says that it is ours, but for Flux's own", () => {
  for (const { path, content } of run().value) expect(content.startsWith(`${MARKER}\n`), path).toBe(!path.endsWith('/gotk-sync.yaml'));
});

test('the path of every file tells its owner', () => {
  for (const { path, owner } of run({}, [makeTenancy({ clusters: [one, bare] })]).value) expect(ownerOf(path, providers)).toEqual(owner);
});

test('direct access needs manifests only, and an account in the namespace itself', () => {
  const { value } = run({}, [makeTenancy({ clusters: [bare] })]);
  const wanted = folder('provider1+bare').map((path) => path.replace('.flux-system', ''));
  expect(value.map(({ path }) => path)).toEqual([...wanted, ...decisions].sort());
  expect(value.some(({ content }) => content.includes('flux'))).toBe(false);
});

test('only instances that are to be written are laid out, folder and reference alike', () => {
  const request = makeLayoutRequest([makeTenancy({ clusters: [one] })]);
  const held = instanceKey({ cluster: one.id, context: cid, app: 'web' });
  const gates = new Map(request.gates).set(held, { do: 'keep', reasons: [] });
  const { value } = layout({ ...request, gates });
  expect(value.filter(({ path }) => path.includes('-web-') || path.includes('/web/'))).toEqual([]);
  expect(value.filter(({ path }) => path.includes('/redis/'))).toHaveLength(2);
});

test('a removed cluster keeps what its agent needs to prune, and nothing else', () => {
  const removed = makeFluxCluster('provider1+cluster1', { state: 'Removed' });
  const { value } = run({ decisions: [] }, [makeTenancy({ clusters: [removed] })]);
  expect(value.map(({ path }) => path)).toEqual(start('provider1+cluster1').sort());
});

function specOf(outcome: ReturnType<typeof layout>, path: string) {
  const { content } = outcome.value.find((file) => file.path === path)!;
  return (parseYaml(content).documents[0]!.value as { readonly spec: Readonly<Record<string, unknown>> }).spec;
}

test('a reference waits for its cloud, and for what its app depends on where that runs', () => {
  const [cloudPath = '', redis = '', web = ''] = references('provider1+cluster1');
  const names = (outcome: ReturnType<typeof layout>, path: string) => specOf(outcome, path)['dependsOn'];
  const both = run();
  expect(names(both, cloudPath)).toBeUndefined();
  expect(names(both, redis)).toEqual([{ name: `${cloudId}-logical-cloud` }]);
  expect(names(both, web)).toEqual([{ name: `${cloudId}-logical-cloud` }, { name: `${cid}-redis` }]);
  const request = makeLayoutRequest([makeTenancy()]);
  const placements = request.placements.map((placement) =>
    placement.app.value.name === 'redis' ? { ...placement, clusters: [two] } : placement,
  );
  expect(names(layout({ ...request, placements }), web)).toEqual([{ name: `${cloudId}-logical-cloud` }]);
});

test('a reference goes on waiting for what a mistake holds or hides', () => {
  const [, , web = ''] = references('provider1+cluster1');
  const names = (outcome: ReturnType<typeof layout>) => specOf(outcome, web)['dependsOn'];
  const all = [{ name: `${cloudId}-logical-cloud` }, { name: `${cid}-redis` }];
  const request = makeLayoutRequest([makeTenancy()]);
  const placements = request.placements.filter(({ app }) => app.value.name !== 'redis');
  const instances = request.instances.filter(({ instance }) => instance.app !== 'redis');
  const left = { ...request, placements, instances, decisions: [] };
  const keys = request.instances.filter(({ instance }) => instance.app === 'redis').map(({ instance }) => instanceKey(instance));
  const gates = (verdict: Gated) => new Map([...request.gates, ...keys.map((key) => [key, verdict] as const)]);
  const held = { do: 'keep', reasons: [] } as const;
  const gone = { do: 'remove', reasons: [] } as const;
  const stand = (...apps: readonly string[]) => request.instances.map(({ instance }) => instance).filter(({ app }) => apps.includes(app));
  const waits = (verdict: Gated, ...apps: readonly string[]) => names(layout({ ...left, gates: gates(verdict), standing: stand(...apps) }));
  expect(waits(held, 'redis', 'web')).toEqual(all);
  expect(waits(gone, 'web')).toEqual(all.slice(0, 1));
  expect(waits(gone)).toEqual(all);
});

test("the deployment's delivery wins over the cluster's, field by field", () => {
  const cluster = makeFluxCluster('provider1+cluster1', { delivery: { interval: '30m', timeout: '9m' } });
  const deployment = { ...shop, value: { ...shop.value, spec: { ...shop.value.spec, delivery: { timeout: '2m' } } } };
  const outcome = run({}, [makeTenancy({ clusters: [cluster], deployment })]);
  const [cloudPath = '', redis = ''] = references('provider1+cluster1');
  expect(specOf(outcome, redis)).toMatchObject({ interval: '30m0s', timeout: '2m0s' });
  expect(specOf(outcome, cloudPath)).toMatchObject({ interval: '30m0s', timeout: '9m0s' });
});

test('a field that the agent does not know is reported where it was asked for, once for all apps', () => {
  const old = makeFluxCluster('provider1+cluster1', {}, { agentVersion: '2.4' });
  const deployment = { ...shop, value: { ...shop.value, spec: { ...shop.value.spec, delivery: { deletionPolicy: 'Orphan' as const } } } };
  const [finding, ...others] = run({}, [makeTenancy({ clusters: [old], deployment })]).diagnostics;
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    code: 'field-unknown-to-agent',
    source: { file: 'shop#spec.delivery.deletionPolicy' },
    reach: { kind: 'context' },
  });
  const asking = makeFluxCluster('provider1+cluster1', { delivery: { deletionPolicy: 'Orphan' } }, { agentVersion: '2.4' });
  const [own] = run({}, [makeTenancy({ clusters: [asking] })]).diagnostics;
  expect(own).toMatchObject({ source: { file: 'provider1+cluster1#spec.delivery.deletionPolicy' }, reach: { kind: 'run' } });
});

test("a folder's kustomization lists exactly its files", () => {
  const { value } = run();
  for (const { path, content } of value.filter((file) => /\/context\/.*\/kustomization\.yaml$/.test(file.path))) {
    const { resources } = parseYaml(content).documents[0]!.value as { readonly resources: readonly string[] };
    const at = path.slice(0, path.lastIndexOf('/') + 1);
    const files = value.filter((file) => file.path.startsWith(at) && file.path !== path).map((file) => file.path.slice(at.length));
    expect(resources).toEqual(files);
  }
});

test.each(['default', 'kube-system', 'kube-anything', 'flux-system', 'kustomize-controller'])(
  'no cloud may have namespace %s',
  (namespace) => {
    const named = { ...makeCloud({ namespace }), namespace };
    const { diagnostics } = run({}, [makeTenancy({ cloud: named })]);
    expect(diagnostics[0]).toMatchObject({
      code: 'reserved-namespace',
      source: { file: 'cloud-retail#spec.namespace' },
      reach: { context: { name: 'retail' } },
    });
  },
);

test('two clouds with one namespace on one cluster are told once for both; on different clusters they may', () => {
  const other = { ...makeCloud({ namespace: 'retail' }, 'vision'), namespace: 'retail' };
  const analytics = makeTenancy({
    cloud: other,
    deployment: makeDeployment([makeApp({ name: 'stats' })], 'analytics'),
    objects: [[configMap('stats')]],
  });
  const shared = run({}, [makeTenancy(), { ...analytics, clusters: [one, two] }]).diagnostics;
  expect(shared.map(({ code, source }) => [code, source?.file])).toEqual([
    ['shared-namespace', 'cloud-vision#spec.namespace'],
    ['shared-namespace', 'cloud-vision#spec.namespace'],
  ]);
  expect(shared.map(({ reach }) => reach)).toMatchObject([{ context: { name: 'vision' } }, { context: { name: 'retail' } }]);
  expect(shared[0]?.message).toContain('and 1 more cluster');
  expect(codes(run({}, [makeTenancy({ clusters: [one] }), { ...analytics, clusters: [two] }]))).toEqual([]);
});

test('two apps that write one object on one cluster are told once for both, and for all objects and clusters', () => {
  const campaign = makeDeployment([makeApp({ name: 'landing' })], 'campaign');
  const objects = [[deploymentObject('web'), configMap('redis')]];
  const { diagnostics } = run({}, [makeTenancy(), makeTenancy({ deployment: campaign, objects })]);
  expect(diagnostics.map(({ code, source, reach }) => [code, source?.file, reach])).toEqual([
    ['object-conflict', 'shop#spec.apps.0.name', { kind: 'context', context: shop.context, app: 'redis' }],
    ['object-conflict', 'shop#spec.apps.0.name', { kind: 'context', context: campaign.context, app: 'landing' }],
    ['object-conflict', 'shop#spec.apps.1.name', { kind: 'context', context: shop.context, app: 'web' }],
    ['object-conflict', 'shop#spec.apps.1.name', { kind: 'context', context: campaign.context, app: 'landing' }],
  ]);
  expect(diagnostics[2]?.message).toBe(
    'Cannot write Deployment "web" in namespace "retail" twice on cluster "provider1+cluster1": app "web" of "retail/shop" and app "landing" of "retail/campaign" both have it, and 1 more cluster',
  );
});

test('an app that writes an object of its cloud is told, and its cloud is not', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'retail' }, rules: [] };
  const { diagnostics } = run({}, [makeTenancy({ objects: [[configMap('redis')], [role]] })]);
  expect(diagnostics.map(({ code, reach }) => [code, reach])).toEqual([
    ['object-conflict', { kind: 'context', context: shop.context, app: 'web' }],
  ]);
});

const old = 'clusters/provider1+cluster1/context/42/app/cache/redis-configmap.yaml';

test.each<[string, string[], string[]]>([
  ['a lost context had the same object on the cluster', [old], ['changed-identity']],
  ['a lost context had other objects', ['clusters/provider1+cluster1/context/42/app/cache/cache-configmap.yaml'], []],
  ['a lost context shares the index only', ['clusters/provider1+cluster1/context/42/app/cache/kustomization.yaml'], []],
  ['a lost context had it on another cluster', ['clusters/provider1+elsewhere/context/42/app/cache/redis-configmap.yaml'], []],
  ['the new context is there already', [old, folder('provider1+cluster1')[6]!], []],
])('layout() when %s', (_, paths, found) => {
  const committed = new Map([...vendored, ...makeCommitted(paths)]);
  expect(codes(run({ committed }))).toEqual(found);
});

test('a changed identity names the id to keep, and holds the old context too', () => {
  const [finding] = run({ committed: new Map([...vendored, ...makeCommitted([old])]) }).diagnostics;
  expect(finding).toMatchObject({
    hint: 'If this is a rename, add contextId: "42" to its spec',
    source: { file: 'shop#metadata.name' },
    reach: { kind: 'context', context: shop.context, committed: '42' },
  });
});

const index = (app: string) => `clusters/provider1+cluster1/context/${cid}/app/${app}/kustomization.yaml`;
const standing = makeCommitted([index('redis'), index('web')]);

/** The deployment was in this cloud, which had this namespace. */
function past(name: string, namespace: string): LayoutRequest['history'] {
  const context = { kind: 'LogicalCloud', namespace: 'retail', name } as const;
  return {
    nameOf: () => undefined,
    idsOf: () => [],
    cloudOf: () => context,
    namespaceOn: () => namespace,
    levelOn: () => undefined,
    namespacesOn: () => [],
  };
}

test('a logical cloud that changes its namespace is told what would be created anew', () => {
  const database = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db' }, spec: {} };
  const tenancy = makeTenancy({ objects: [[configMap('redis'), database], [deploymentObject('web')]] });
  const { diagnostics } = run({ committed: new Map([...vendored, ...standing]), history: past('retail', 'tills') }, [tenancy]);
  expect(diagnostics).toMatchObject([
    {
      code: 'changed-namespace',
      severity: 'error',
      message:
        'Cannot move logical cloud "retail" from namespace "tills" to "retail" in one step: the objects of 2 apps on 1 cluster would be created anew, StatefulSet "db" without data',
      source: { file: 'cloud-retail#metadata.name' },
      reach: { kind: 'context', context: cloud.context },
    },
  ]);
});

test('a deployment that changes its logical cloud is told', () => {
  const { diagnostics } = run({ committed: new Map([...vendored, ...standing]), history: past('office', 'office') });
  expect(diagnostics).toMatchObject([
    {
      code: 'changed-namespace',
      hint: expect.stringContaining('Keep logicalCloud: office;') as unknown,
      source: { file: 'shop#spec.logicalCloud' },
      reach: { kind: 'context', context: shop.context },
    },
  ]);
});

test.each<[string, Partial<LayoutRequest>]>([
  ['the namespace is the same', { committed: new Map([...vendored, ...standing]), history: past('office', 'retail') }],
  ['the apps are new on the cluster', { history: past('retail', 'tills') }],
])('nothing moves where %s', (_name, parts) => {
  expect(codes(run(parts))).toEqual([]);
});

/** Files of an app that is no longer in the deployment, on both clusters. */
function formerApp(app: string, file: string): string[] {
  return ['provider1+cluster1', 'provider1+cluster2'].flatMap((cluster) =>
    ['kustomization.yaml', file].map((name) => `clusters/${cluster}/context/${cid}/app/${app}/${name}`),
  );
}

test('an app that writes what a former app of its deployment had is told what would be recreated, and is held', () => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' } };
  const committed = makeCommitted([
    ...formerApp('cache', 'redis-configmap.yaml'),
    ...formerApp('cache', 'data-persistentvolumeclaim.yaml'),
  ]);
  const tenancy = makeTenancy({ objects: [[configMap('redis'), claim], [deploymentObject('web')]] });
  const { diagnostics } = run({ committed: new Map([...vendored, ...committed]) }, [tenancy]);
  expect(diagnostics).toMatchObject([
    {
      code: 'changed-app',
      severity: 'error',
      message:
        'Cannot write app "redis" in place of "cache": both have PersistentVolumeClaim "data" and ConfigMap "redis" on 2 clusters, which would be deleted and recreated',
      source: { file: 'shop#spec.apps.0.name' },
      reach: { kind: 'context', context: shop.context, app: 'redis' },
    },
  ]);
});

test('an app that comes from another deployment holds that one too', () => {
  const desk = makeDeployment([makeApp({ name: 'till' })], 'desk');
  const paths = ['kustomization.yaml', 'redis-configmap.yaml'].map(
    (file) => `clusters/provider1+cluster1/context/${desk.context.id}/app/cache/${file}`,
  );
  const committed = new Map([...vendored, ...makeCommitted([...paths, index('web')])]);
  const tenancies = [makeTenancy(), makeTenancy({ deployment: desk, objects: [[configMap('till')]] })];
  expect(run({ committed }, tenancies).diagnostics).toMatchObject([
    { code: 'changed-app', reach: { kind: 'context', context: shop.context, app: 'redis', committed: desk.context.id } },
  ]);
});

test.each<[string, (paths: string[]) => Partial<LayoutRequest>]>([
  ['its agent was told to leave the objects', (paths) => ({ left: keysOf(paths) })],
  ['no agent looks after it', (paths) => ({ unattended: keysOf(paths) })],
  ['the former app is wanted still, which is a conflict of its own', (paths) => ({ wanted: instancesOf(paths) })],
  ['it was in another namespace', () => ({ history: past(cloud.context.name, 'elsewhere') })],
])('an app may write what a former app had when %s', (_name, change) => {
  const paths = formerApp('cache', 'redis-configmap.yaml');
  expect(codes(run({ committed: new Map([...vendored, ...makeCommitted(paths)]), ...change(paths) }))).toEqual([]);
});

function instancesOf(paths: readonly string[]) {
  return paths.flatMap((path) => {
    const owner = ownerOf(path as RepoPath, providers);
    return owner?.kind === 'instance' ? [owner.instance] : [];
  });
}

function keysOf(paths: readonly string[]) {
  return new Set(instancesOf(paths).map(instanceKey));
}

test('an id that another intent keeps is no lost context', () => {
  const kept = makeDeployment([makeApp({ name: 'cache' })], 'kept');
  const committed = makeCommitted([`clusters/provider1+cluster1/context/${kept.context.id}/app/cache/redis-configmap.yaml`]);
  const tenancies = [makeTenancy(), makeTenancy({ deployment: kept, objects: [[configMap('cache')]] })];
  expect(codes(run({ committed: new Map([...vendored, ...committed]) }, tenancies))).toEqual([]);
});

test.each([
  ['clusters/provider1+cluster1/status/1/app/web/1-web-status.yaml'],
  ['clusters/provider1+cluster1/flux-system/gotk-components.yaml'],
  ['clusters/provider1+cluster1/notes.md'],
  ['clusters/provider1+cluster1/context/x/app/web/a.yaml'],
  ['clusters/provider1+cluster1/context/1/app/web/deep/a.yaml'],
  ['clusters/plain/kustomization.yaml'],
  ['clusters/decisions/a.yaml'],
  ['elsewhere/provider1+cluster1/kustomization.yaml'],
])('%s is not ours', (path) => {
  expect(ownerOf(path as RepoPath, providers)).toBeUndefined();
});

test('sync objects of a provider serve its clusters only', () => {
  const sync = [makeSync('provider1'), makeSync('other', { url: 'https://example.com/other' })];
  const outcome = layout(makeLayoutRequest([makeTenancy({ clusters: [one, makeFluxCluster('other+cluster1')] })], { sync }));
  const urls = ['provider1+cluster1', 'other+cluster1'].map(
    (id) => /url: (.*)/.exec(outcome.value.find(({ path }) => path === `clusters/${id}/flux-system/gotk-sync.yaml`)!.content)?.[1],
  );
  expect(urls).toEqual(['https://github.com/example/fleet', 'https://example.com/other']);
});
