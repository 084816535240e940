import { expect, test } from 'vitest';
import { configMap, deploymentObject, makeFluxCluster, makeInstance, makeRendered } from '../../test/support/fleet.ts';
import { makeApp, makeCloud, makeDeployment } from '../../test/support/intents.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { providers } from '../providers/registry.ts';
import { stampCloud } from './stamp-cloud.ts';
import { stamp } from './stamp.ts';

const cluster = makeFluxCluster('provider1+cluster1');
const shop = makeDeployment([makeApp({ name: 'web' })]);
const cloud = makeCloud();
const instance = makeInstance(shop, cluster);
const id = `${shop.context.id}-web`;

function stampAll(...objects: readonly KubeObject[]) {
  return stamp(instance, makeRendered(objects), cloud);
}

function stampOne(object: KubeObject): KubeObject {
  return stampAll(object).value.objects[0]!;
}

function get(object: JsonObject, path: string): Json | undefined {
  return path.split('/').reduce<Json | undefined>((value, key) => (value as JsonObject | undefined)?.[key], object);
}

test('stamp() gives an object the namespace, labels and hash of its instance', () => {
  const stamped = stampOne(configMap('web'));
  const hash = (stamped.metadata['annotations'] as JsonObject)['espalier.dev/hash'];
  expect(hash).toMatch(/^sha256-[0-9a-f]{12}$/);
  expect(stamped.metadata).toEqual({
    name: 'web',
    namespace: 'retail',
    labels: {
      'app.kubernetes.io/name': 'web',
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/managed-by': 'espalier',
      'emco/deployment-id': id,
    },
    annotations: { 'espalier.dev/hash': hash },
  });
  expect(stamped['data']).toEqual({ key: 'value' });
});

test("stamp() keeps the author's labels, but for who manages the object", () => {
  const labels = { 'app.kubernetes.io/name': 'nginx', 'app.kubernetes.io/managed-by': 'Helm', tier: 'front' };
  const stamped = stampOne({ ...configMap('web'), metadata: { name: 'web', labels, annotations: { note: 'x' } } });
  expect(stamped.metadata['labels']).toMatchObject({
    'app.kubernetes.io/name': 'nginx',
    'app.kubernetes.io/managed-by': 'espalier',
    tier: 'front',
  });
  expect(stamped.metadata['annotations']).toMatchObject({ note: 'x' });
});

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } };
const workload = (apiVersion: string, kind: string, spec: JsonObject): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'web' },
  spec,
});

test.each<[string, KubeObject, string]>([
  ['a Deployment', workload('apps/v1', 'Deployment', { template }), 'spec/template'],
  ['a StatefulSet', workload('apps/v1', 'StatefulSet', { template }), 'spec/template'],
  ['a DaemonSet', workload('apps/v1', 'DaemonSet', { template }), 'spec/template'],
  ['a ReplicaSet', workload('apps/v1', 'ReplicaSet', { template }), 'spec/template'],
  ['a Job', workload('batch/v1', 'Job', { template }), 'spec/template'],
  ['a CronJob', workload('batch/v1', 'CronJob', { jobTemplate: { spec: { template } } }), 'spec/jobTemplate/spec/template'],
  ['a custom kind with a pod template', workload('argoproj.io/v1alpha1', 'Rollout', { template }), 'spec/template'],
])('stamp() labels the pods of %s', (_, object, path) => {
  expect(get(stampOne(object), `${path}/metadata/labels`)).toEqual({
    app: 'web',
    'emco/deployment-id': id,
    'app.kubernetes.io/name': 'web',
  });
});

test('stamp() labels pods whose template has no metadata', () => {
  const stamped = stampOne(workload('apps/v1', 'Deployment', { template: { spec: template.spec } }));
  expect((get(stamped, 'spec/template/metadata/labels') as JsonObject)['emco/deployment-id']).toBe(id);
});

test('stamp() leaves templates of custom kinds alone when they are no pod templates', () => {
  const object = workload('cert-manager.io/v1', 'Certificate', { template: { metadata: {}, spec: { names: ['a'] } } });
  expect(stampOne(object)['spec']).toEqual(object['spec']);
});

test('stamp() never touches a selector, nor a pod label that the author set', () => {
  const labels = { 'app.kubernetes.io/name': 'nginx' };
  const stamped = stampOne(deploymentObject('web', labels));
  expect(get(stamped, 'spec/selector')).toEqual({ matchLabels: labels });
  expect((get(stamped, 'spec/template/metadata/labels') as JsonObject)['app.kubernetes.io/name']).toBe('nginx');
});

test('stamp() gives no pod a name that a selector of the app asks for: the Service would choose more pods than its author saw', () => {
  const service: KubeObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { 'app.kubernetes.io/name': 'web' } },
  };
  const { objects } = stampAll(service, deploymentObject('worker')).value;
  const worker = objects.find(({ kind }) => kind === 'Deployment')!;
  expect(get(worker, 'spec/template/metadata/labels')).toEqual({ app: 'worker', 'emco/deployment-id': id });
});

test('stamp() leaves what it was given as it was', () => {
  const object = deploymentObject('web');
  const before = structuredClone(object);
  stampOne(object);
  expect(object).toEqual(before);
});

test('a Job gets the hash of its content into its name, within 63 characters; a CronJob does not', () => {
  const name = (image: string, base = 'migrate') =>
    stampOne({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: base }, spec: { template: { spec: { containers: [{ image }] } } } })
      .metadata.name;
  expect(name('a:1')).toMatch(/^migrate-[0-9a-f]{8}$/);
  expect(name('a:1')).toBe(name('a:1'));
  expect(name('a:1')).not.toBe(name('a:2'));
  expect(name('a:1', 'x'.repeat(63))).toMatch(/^x{54}-[0-9a-f]{8}$/);
  expect(name('a:1', `${'x'.repeat(53)}-yyyyyyyy`)).toMatch(/^x{53}-[0-9a-f]{8}$/);
  expect(stampOne(workload('batch/v1', 'CronJob', {})).metadata.name).toBe('web');
});

test('a hash is that of the object before stamping, whatever the order of its keys', () => {
  const hash = (object: KubeObject) => (stampOne(object).metadata['annotations'] as JsonObject)['espalier.dev/hash'];
  const one = configMap('web');
  const reversed = Object.fromEntries(Object.entries(one).reverse()) as KubeObject;
  expect(hash(reversed)).toBe(hash(one));
  expect(hash({ ...one, data: { key: 'other' } })).not.toBe(hash(one));
  expect(hash({ ...one, spec: { big: 9007199254740993n } })).not.toBe(hash({ ...one, spec: { big: 9007199254740992n } }));
});

test('a revision changes with any object and with the namespace, and not with the order of objects', () => {
  const revision = (objects: readonly KubeObject[], namespace = 'retail') =>
    stamp(instance, makeRendered(objects), { ...cloud, namespace }).value.revision;
  const base = revision([configMap('a'), configMap('b')]);
  expect(base).toMatch(/^sha256-[0-9a-f]{12}$/);
  expect(revision([configMap('b'), configMap('a')])).toBe(base);
  expect(revision([configMap('a'), configMap('c')])).not.toBe(base);
  expect(revision([configMap('a')])).not.toBe(base);
  expect(revision([configMap('a'), configMap('b')], 'vision')).not.toBe(base);
});

const sops = { sops: { version: '3.9.0' } };
const encrypted = 'ENC[AES256_GCM,data:q1w2,iv:e3r4,tag:t5y6,type:str]';
const secret = (parts: JsonObject): KubeObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' }, ...parts });

test.each<[string, KubeObject, string[]]>([
  ['an object of the cloud itself', configMap('web', { namespace: 'retail' }), []],
  ['an object of another namespace', configMap('web', { namespace: 'kube-system' }), ['outside-cloud']],
  [
    'a cluster-scoped object',
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'web' } },
    ['outside-cloud'],
  ],
  [
    'a cluster-scoped custom object',
    { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'web' } },
    ['outside-cloud'],
  ],
  ['a number as a label', { ...configMap('web'), metadata: { name: 'web', labels: { version: 7 } } }, ['bad-metadata']],
  ['a long label', { ...configMap('web'), metadata: { name: 'web', labels: { version: 'x'.repeat(64) } } }, ['bad-metadata']],
  ['a label of strange characters', { ...configMap('web'), metadata: { name: 'web', labels: { version: 'a/b' } } }, ['bad-metadata']],
  ['an empty label', { ...configMap('web'), metadata: { name: 'web', labels: { version: '' } } }, []],
  ['a long annotation', { ...configMap('web'), metadata: { name: 'web', annotations: { note: 'a/b '.repeat(99) } } }, []],
  ['true as an annotation', { ...configMap('web'), metadata: { name: 'web', annotations: { note: true } } }, ['bad-metadata']],
  ['labels that are a list', { ...configMap('web'), metadata: { name: 'web', labels: ['a'] } }, ['bad-metadata']],
  ['a number as namespace', { ...configMap('web'), metadata: { name: 'web', namespace: 7 } }, ['bad-metadata']],
  ['a Secret without data', secret({ type: 'kubernetes.io/service-account-token' }), []],
  ['a Secret with data', secret({ data: { password: 'aHVudGVyMg==' } }), ['secret-data']],
  ['a Secret with text', secret({ stringData: { password: 'hunter2' } }), ['secret-data']],
  ['an encrypted Secret', secret({ stringData: { password: encrypted }, ...sops }), []],
  ['an encrypted Secret with one readable value', secret({ data: { a: encrypted, b: 'hunter2' }, ...sops }), ['secret-data']],
  ['a Secret that only looks encrypted', secret({ data: { a: encrypted } }), ['secret-data']],
  ['a Secret of a custom group', { ...secret({ data: { a: 'x' } }), apiVersion: 'example.com/v1' }, []],
])('stamp() of %s', (_, object, codes) => {
  const { diagnostics } = stampAll(object);
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
});

test('stamp() reports two objects of one file, and an app without objects, at the template that the app names', () => {
  const twice = stampAll(configMap('web'), configMap('web', { namespace: 'retail' })).diagnostics;
  expect(twice.map(({ code }) => code)).toEqual(['duplicate-object']);
  const [nothing] = stampAll().diagnostics;
  expect(nothing).toMatchObject({
    code: 'renders-nothing',
    source: { file: 'shop#spec.apps.0.source.template' },
    reach: { kind: 'context', context: { name: 'shop' }, app: 'web' },
  });
});

test('stampCloud() labels all of a cloud and leaves every namespace as it is', () => {
  const { instance: at, objects } = stampCloud(cloud, cluster.id, providers.fluxv2.cloudObjects(cloud));
  expect(at).toEqual({ cluster: cluster.id, context: cloud.context.id, app: 'logical-cloud' });
  for (const { metadata } of objects) {
    expect(metadata['labels']).toMatchObject({
      'emco/deployment-id': `${cloud.context.id}-logical-cloud`,
      'app.kubernetes.io/managed-by': 'espalier',
    });
  }
  expect(objects.map(({ kind, metadata }) => [kind, metadata['namespace']])).toEqual([
    ['Namespace', undefined],
    ['ServiceAccount', 'flux-system'],
    ['Role', 'retail'],
    ['RoleBinding', 'retail'],
  ]);
});
