import { describe, expect, test } from 'vitest';
import { argoSyncs, lay, makeArgoCluster, makeArgoSync, objectIn, told } from '../../../test/support/argocd.ts';
import { hasSchemas, schemaFaults } from '../../../test/support/crd-schemas.ts';
import { configMap, deploymentObject, makeLayoutRequest, makeSync } from '../../../test/support/fleet.ts';
import { makeApp, makeCloud, makeDeployment } from '../../../test/support/intents.ts';
import { layout } from '../../08-layout/layout.ts';
import { valueAt } from '../../lib/json-path.ts';
import { referenceObject } from '../../lib/reference-object.ts';
import type { ArgoCDOptions, LogicalCloudSpec, Permission } from '../../model/api.generated.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { providers } from '../registry.ts';
import { argocd } from './argocd.ts';

const CID = '4947908676737658207';
const CLOUD = '2698366390668718506';

const app = (files: ReadonlyMap<string, string>, cluster = 'provider1+edge1', name = `${CID}-web`): JsonObject =>
  objectIn(files, `clusters/${cluster}/argocd/applications/${name}.yaml`);
const project = (files: ReadonlyMap<string, string>, cluster = 'provider1+edge1'): JsonObject =>
  objectIn(files, `clusters/${cluster}/argocd/projects/${CLOUD}.yaml`);

const own = makeArgoCluster('provider1+edge1');
const hub = makeArgoCluster('provider1+hub');
const target = (gitOps: Parameters<typeof makeArgoCluster>[2] = {}, id = 'provider1+edge1') => makeArgoCluster(id, 'hub-argocd', gitOps);

describe('where an Application lives and what it is aimed at', () => {
  test('its own cluster, where that has an Argo CD', () => {
    const { files, diagnostics } = lay({ clusters: [own] });
    expect(diagnostics).toEqual([]);
    const object = app(files);
    expect(object['metadata']).toMatchObject({ name: `${CID}-web`, namespace: 'argocd' });
    expect(valueAt(object, ['spec', 'destination'])).toEqual({ server: 'https://kubernetes.default.svc', namespace: 'retail' });
    expect(valueAt(project(files), ['spec', 'destinations'])).toEqual([{ server: 'https://kubernetes.default.svc', namespace: 'retail' }]);
  });

  test('the hub, where there is one: nothing but Applications and projects, in the hub’s namespace', () => {
    const sync = [makeSync(), makeArgoSync({ namespace: 'cd' }), makeArgoSync({ hub: 'provider1+hub', namespace: 'cd' })];
    const { files, diagnostics } = lay({ clusters: [hub, target()], sync });
    expect(diagnostics).toEqual([]);
    const landing = [...files].filter(([path]) => path.startsWith('clusters/provider1+edge1/argocd/'));
    expect(landing).toHaveLength(4);
    for (const [path] of landing) {
      const object = objectIn(files, path);
      expect(object['apiVersion']).toBe('argoproj.io/v1alpha1');
      expect(valueAt(object, ['metadata', 'namespace'])).toBe('cd');
    }
    expect(valueAt(app(files), ['spec', 'destination'])).toEqual({ name: 'provider1-edge1', namespace: 'retail' });
    expect(valueAt(app(files), ['metadata', 'name'])).toBe(`provider1-edge1-${CID}-web`);
    expect(valueAt(app(files), ['spec', 'project'])).toBe(valueAt(project(files), ['metadata', 'name']));
  });

  test('the hub that names itself has its names apart from its targets, and itself as server', () => {
    const { files, diagnostics } = lay({ clusters: [target({}, 'provider1+hub'), target()] });
    expect(diagnostics).toEqual([]);
    const object = app(files, 'provider1+hub');
    expect(valueAt(object, ['metadata', 'name'])).toBe(`provider1-hub-${CID}-web`);
    expect(valueAt(object, ['spec', 'destination', 'server'])).toBe('https://kubernetes.default.svc');
  });
});

test('no folder has an index: another app changes no file', () => {
  const cloud = makeCloud();
  const request = (names: readonly string[]) => {
    const deployment = makeDeployment(names.map((name) => makeApp({ name })));
    const objects = names.map((name) => [configMap(name)]);
    return layout(makeLayoutRequest([{ cloud, deployment, clusters: [own], objects }], { sync: argoSyncs })).value;
  };
  const more = new Map(request(['db', 'web']).map(({ path, content }) => [path, content]));
  for (const { path, content } of request(['db'])) if (!path.includes('/decisions/')) expect(more.get(path), path).toBe(content);
});

describe('what the agent’s version decides', () => {
  const of = (agentVersion: string) => lay({ clusters: [makeArgoCluster('provider1+edge1', 'own-argocd', { gitOps: { agentVersion } })] });

  test.each([
    ['2.8', 5, undefined, false],
    ['2.13.1', 5, undefined, true],
    ['3.2', -1, true, true],
    ['3.6.1', -1, true, true],
  ])('%s', (version, limit, refresh, hasAccounts) => {
    const { files, diagnostics } = of(version);
    expect(diagnostics).toEqual([]);
    expect(valueAt(app(files), ['spec', 'syncPolicy', 'retry', 'limit'])).toBe(limit);
    expect(valueAt(app(files), ['spec', 'syncPolicy', 'retry', 'refresh'])).toBe(refresh);
    expect(valueAt(project(files), ['spec', 'destinationServiceAccounts']) !== undefined).toBe(hasAccounts);
  });

  test.each([
    ['2.7', 'error argocd-too-old'],
    ['1.9.3', 'error argocd-too-old'],
    ['3.7', 'warning argocd-newer-than-known'],
    ['4.0', 'warning argocd-newer-than-known'],
  ])('%s is told: %s', (version, expected) => {
    expect(told(of(version).diagnostics)).toEqual([`${expected} provider1+edge1#spec.gitOps.agentVersion`]);
  });
});

describe('delivery', () => {
  test('what can be mapped is', () => {
    const { files, diagnostics } = lay({
      clusters: [own],
      delivery: { retryInterval: '90s', wait: true, deletionPolicy: 'WaitForTermination' },
    });
    expect(diagnostics).toEqual([]);
    expect(valueAt(app(files), ['spec', 'syncPolicy', 'retry', 'backoff'])).toEqual({ duration: '1m30s', factor: 1, maxDuration: '1m30s' });
    expect(valueAt(app(files), ['metadata', 'finalizers'])).toEqual(['resources-finalizer.argocd.argoproj.io']);
  });

  test.each([{ interval: '5m' }, { timeout: '5m' }, { wait: false }])(
    '%j is told, with the deployment and with the cluster',
    (delivery) => {
      const [field] = Object.keys(delivery);
      const asked = lay({ clusters: [own, makeArgoCluster('provider1+edge2')], delivery });
      expect(told(asked.diagnostics)).toEqual([`warning argocd-delivery-ignored shop#spec.delivery.${field}`]);
      const clusters = [
        makeArgoCluster('provider1+edge1', 'own-argocd', { delivery }),
        makeArgoCluster('provider1+edge2', 'own-argocd', { delivery }),
      ];
      expect(told(lay({ clusters }).diagnostics)).toEqual([`warning argocd-delivery-ignored provider1+edge1#spec.delivery.${field}`]);
    },
  );

  test.each<[JsonObject, boolean]>([
    [{}, false],
    [{ deletionPolicy: 'Delete' }, false],
    [{ deletionPolicy: 'Orphan' }, true],
  ])('a reference of %j leaves its objects: %s', (delivery, isLeft) => {
    const { files } = lay({ clusters: [own], delivery });
    const leaves = (path: string) =>
      argocd.leavesObjects(referenceObject(files.get(`clusters/provider1+edge1/argocd/${path}`) ?? '') ?? {});
    expect(leaves(`applications/${CID}-web.yaml`)).toBe(isLeft);
    expect(leaves(`projects/${CLOUD}.yaml`)).toBe(false);
  });

  test.each([
    ['no object', '{}'],
    ['an Application of somebody else’s', 'apiVersion: app.k8s.io/v1beta1\nkind: Application\nmetadata: {name: a}\n'],
    [
      'a background finalizer',
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, finalizers: [resources-finalizer.argocd.argoproj.io/background]}\n',
    ],
    [
      'an old finalizer',
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, finalizers: [foreground.resources-finalizer.argocd.argoproj.io]}\n',
    ],
    [
      'a Flux Kustomization',
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {deletionPolicy: Orphan}\n',
    ],
  ])('%s leaves nothing', (_, text) => {
    expect(argocd.leavesObjects(referenceObject(text) ?? {})).toBe(false);
  });
});

describe('replicas that an autoscaler changes', () => {
  const scaler = (target: JsonObject, kind = 'HorizontalPodAutoscaler', apiVersion = 'autoscaling/v2'): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name: 'web' },
    spec: { scaleTargetRef: target },
  });
  const named = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const ignored = [{ group: 'apps', kind: 'Deployment', name: 'web', jsonPointers: ['/spec/replicas'] }];

  test.each<[string, readonly KubeObject[], unknown]>([
    ['its own', [deploymentObject('web'), scaler(named)], ignored],
    ['KEDA’s, by default', [deploymentObject('web'), scaler({ name: 'web' }, 'ScaledObject', 'keda.sh/v1alpha1')], ignored],
    ['another Deployment', [deploymentObject('web'), scaler({ ...named, name: 'db' })], undefined],
    ['a StatefulSet of the name', [deploymentObject('web'), scaler({ ...named, kind: 'StatefulSet' })], undefined],
    ['nothing that could be read', [deploymentObject('web'), scaler({ name: 1 })], undefined],
    ['no autoscaler', [deploymentObject('web')], undefined],
    ['one without replicas', [{ ...deploymentObject('web'), spec: {} }, scaler(named)], undefined],
  ])('are left alone where it is for %s', (_, objects, expected) => {
    const { files } = lay({ clusters: [own], objects });
    const object = app(files);
    expect(valueAt(object, ['spec', 'ignoreDifferences'])).toEqual(expected);
    const options = valueAt(object, ['spec', 'syncPolicy', 'syncOptions']);
    expect(JSON.stringify(options).includes('RespectIgnoreDifferences=true')).toBe(expected !== undefined);
  });
});

describe('a logical cloud’s project', () => {
  const projectOf = (spec: Partial<LogicalCloudSpec>, options: ArgoCDOptions = {}): JsonObject =>
    project(lay({ clusters: [hub, target({ gitOps: { argocd: options } })], cloud: makeCloud(spec) }).files);
  const kinds = (spec: Partial<LogicalCloudSpec>): unknown => {
    const list = valueAt(projectOf(spec), ['spec', 'namespaceResourceBlacklist']) as readonly { readonly kind: string }[];
    return list.map(({ kind }) => kind);
  };

  test('keeps what bounds the tenant from the tenant, unless its permissions give it', () => {
    expect(kinds({ permissions: [{ apiGroups: ['apps'], resources: ['*'], verbs: ['*'] }] })).toEqual([
      'LimitRange',
      'ResourceQuota',
      'Role',
      'RoleBinding',
    ]);
    expect(kinds({ permissions: [{ apiGroups: [''], resources: ['limitranges'], verbs: ['*'] }] })).toEqual([
      'ResourceQuota',
      'Role',
      'RoleBinding',
    ]);
    expect(kinds({ permissions: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] })).toEqual([]);
  });

  const limits: Permission = { apiGroups: [''], resources: ['limitranges'], verbs: ['*'] };
  const nodes: Permission = { apiGroups: [''], resources: ['nodes'], verbs: ['*'], scope: 'Cluster' };

  test.each<readonly [string, Partial<Permission>]>([
    ['of people', { account: false, groups: ['auditors'], verbs: ['*'] }],
    ['to look only', { verbs: ['get', 'list', 'watch'] }],
    ['to change, and not to make', { verbs: ['get', 'update', 'patch'] }],
  ])('takes a permission %s for no leave to apply', (_, other) => {
    const permissions: [Permission, ...Permission[]] = [
      { ...limits, ...other },
      { ...nodes, ...other },
    ];
    expect(kinds({ permissions })).toContain('LimitRange');
    expect(valueAt(projectOf({ permissions }), ['spec', 'clusterResourceWhitelist'])).toEqual([]);
    const given: typeof permissions = [...permissions, limits, nodes];
    expect(kinds({ permissions: given })).not.toContain('LimitRange');
    expect(valueAt(projectOf({ permissions: given }), ['spec', 'clusterResourceWhitelist'])).toEqual([{ group: '', kind: 'Node' }]);
  });

  test('takes a permission in one of its namespaces for no leave in the others', () => {
    const namespaces = [{ name: 'retail' }, { name: 'retail-jobs' }] as const;
    expect(kinds({ namespaces: [...namespaces], permissions: [{ ...limits, namespaces: ['retail'] }] })).toContain('LimitRange');
    expect(kinds({ namespaces: [...namespaces], permissions: [{ ...limits, namespaces: ['retail', 'retail-jobs'] }] })).not.toContain(
      'LimitRange',
    );
  });

  test('allows nothing that belongs to the whole cluster, and no other repository unless charts are allowed', () => {
    expect(valueAt(projectOf({}), ['spec', 'clusterResourceWhitelist'])).toEqual([]);
    expect(valueAt(projectOf({}), ['spec', 'sourceRepos'])).toEqual(['https://github.com/example/fleet']);
    expect(valueAt(projectOf({ charts: true }), ['spec', 'sourceRepos'])).toEqual(['*']);
  });

  test('names the tenant’s account, unless impersonation is switched off', () => {
    const accounts = (options: ArgoCDOptions) => valueAt(projectOf({}, options), ['spec', 'destinationServiceAccounts']);
    const account = { defaultServiceAccount: 'retail:retail', namespace: 'retail' };
    expect(accounts({})).toEqual([{ ...account, server: '*' }]);
    expect(accounts({ server: 'https://edge1.example.net' })).toEqual([{ ...account, server: 'https://edge1.example.net' }]);
    expect(accounts({ impersonation: false })).toBeUndefined();
  });

  test('is not the project of the cloud’s own objects, which are a Namespace and its bounds', () => {
    const { files } = lay({
      clusters: [makeArgoCluster('provider1+edge1', 'own-argocd', { gitOps: { argocd: { project: 'platform' } } })],
    });
    expect(valueAt(app(files, 'provider1+edge1', `${CLOUD}-logical-cloud`), ['spec', 'project'])).toBe('platform');
    expect(valueAt(objectIn(files, 'clusters/provider1+edge1/argocd/root.yaml'), ['spec', 'project'])).toBe('platform');
    expect(valueAt(app(files), ['spec', 'project'])).toBe(`${CLOUD}-logical-cloud`);
  });
});

test.each([
  ['argocd/applications/123-web.yaml', { context: '123', app: 'web' }],
  ['argocd/applications/123-logical-cloud.yaml', { context: '123', app: 'logical-cloud' }],
  ['argocd/projects/123.yaml', { context: '123', app: 'logical-cloud' }],
  ['argocd/projects/123-web.yaml', undefined],
  ['argocd/applications/web.yaml', undefined],
  ['argocd/applications/123-web/x.yaml', undefined],
  ['argocd/root.yaml', undefined],
])('%s belongs to %j', (path, expected) => {
  expect(argocd.ownerOf(path)).toEqual(expected);
});

test.runIf(hasSchemas)('every object is valid against the published schemas', () => {
  const form = { form: 'applicationSet' } as const;
  const scaler: KubeObject = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  };
  const secret = { secretStore: 'vault', kind: 'SecretStore', key: 'clusters/edge1' } as const;
  const clusters = [
    makeArgoCluster('provider1+hub', 'own-argocd', { gitOps: { argocd: form } }),
    target({ gitOps: { argocd: { ...form, clusterSecret: secret } } }),
    target({}, 'provider1+edge2'),
  ];
  const { files, diagnostics } = lay({ clusters, objects: [deploymentObject('web'), scaler], cloud: makeCloud({ quota: { pods: 5 } }) });
  expect(diagnostics).toEqual([]);
  const paths = [...files.keys()].filter((path) => path.includes('/argocd/') && !path.includes('/argocd/hub/'));
  expect(paths).toHaveLength(13);
  for (const path of paths) expect(schemaFaults(objectIn(files, path)), path).toEqual([]);
  expect(schemaFaults({ ...app(files), spec: { destination: {}, prject: 'a' } })).not.toEqual([]);
});

test('a cloud’s namespace, account and rights outlive its Application', () => {
  const objects = providers.argocd.cloudObjects(makeCloud({ quota: { pods: 5 } }));
  const kept = objects.filter(({ metadata }) => JSON.stringify(metadata).includes('Delete=false,Prune=false')).map(({ kind }) => kind);
  expect(kept).toEqual(['Namespace', 'Role', 'RoleBinding', 'ServiceAccount']);
});

describe('the credentials of repositories on a hub', () => {
  const provider = { vault: { server: 'https://vault.example.net' } };
  const external = { secretStore: 'fleet', key: 'fleet/git', provider };
  const hub = makeArgoCluster('provider1+hub');
  const at = (url: string, name: string) => makeSync('provider1', { url, secretRef: { name: 'login', external } }, name);
  const repositories = [at('https://git.example.net/fleet', 'fleet-git'), at('https://git.example.net/trees', 'trees')];
  const sync = [...repositories, makeArgoSync(), makeArgoSync({ hub: 'provider1+hub' })];
  const target = (name: string, gitOpsResourceObject: string) =>
    makeArgoCluster(`provider1+${name}`, 'hub-argocd', { gitOps: { gitOpsResourceObject } });
  const { files, diagnostics } = lay({
    clusters: [hub, target('one', 'fleet-git'), target('two', 'trees'), target('three', 'trees')],
    sync,
  });
  const secretOf = (cluster: string) => files.get(`clusters/provider1+${cluster}/argocd/repository-secret.yaml`);
  const objects = ['hub', 'two', 'three'].flatMap((cluster) =>
    ['secret', 'store'].map((what) => objectIn(files, `clusters/provider1+${cluster}/argocd/repository-${what}.yaml`)),
  );

  test('come with the hub, and with each target whose repository is another one', () => {
    expect(diagnostics).toEqual([]);
    expect(secretOf('one')).toBe(undefined);
    expect(secretOf('hub')).toContain('url: https://git.example.net/fleet\n');
    for (const cluster of ['two', 'three']) {
      expect(secretOf(cluster)).toContain('url: https://git.example.net/trees\n');
      expect(files.get(`clusters/provider1+${cluster}/argocd/root.yaml`)).toContain('repository-secret.yaml');
    }
  });

  test('are each one Application’s alone, and find their stores', () => {
    const names = objects.map((object) => [object['kind'], valueAt(object, ['metadata', 'name'])]);
    expect(names).toEqual([
      ['ExternalSecret', 'login'],
      ['ClusterSecretStore', 'fleet'],
      ['ExternalSecret', 'repository-provider1-two'],
      ['ClusterSecretStore', 'fleet-provider1-two'],
      ['ExternalSecret', 'repository-provider1-three'],
      ['ClusterSecretStore', 'fleet-provider1-three'],
    ]);
    const [, , two] = objects;
    expect(valueAt(two ?? {}, ['spec', 'secretStoreRef', 'name'])).toBe('fleet-provider1-two');
    expect(valueAt(two ?? {}, ['spec', 'target', 'name'])).toBe('repository-provider1-two');
    if (hasSchemas) for (const object of objects) expect(schemaFaults(object)).toEqual([]);
  });
});
