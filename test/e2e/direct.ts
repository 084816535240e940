/**
 * The end-to-end test of `espalier apply`: a small fleet of clusters without an agent, applied to a real API server.
 * Skipped with a notice where what it needs is missing.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { connect, type Cluster } from './cluster.ts';
import { CLUSTER, layDownDirectFleet, type DirectFleet, type Ended } from './direct-fleet.ts';
import { openGate, type Gate } from './gate.ts';
import { createReport, type Report } from './report.ts';
import { buildRig, findProgram, reserveRun, startRig, stopRig, type Rig } from './rig.ts';

const NEEDED = ['bash', 'git', 'go', 'curl', 'openssl', 'setsid'];

interface Tools {
  readonly fleet: DirectFleet;
  readonly cluster: Cluster;
  readonly report: Report;
  readonly gate: Gate;
}

/** Passes where the program ended so, and said each of the texts and none of the others. */
function expectEnd(report: Report, what: string, { ended, exitCode, says = [], hides = [] }: Expected): void {
  const missing = says.filter((text) => !ended.all.includes(text)).map((text) => `it does not say: ${text}`);
  const told = hides.filter((text) => ended.all.includes(text)).map((text) => `it says: ${text}`);
  const code = ended.exitCode === exitCode ? [] : [`exit code ${ended.exitCode} instead of ${exitCode}`];
  const findings = [...code, ...missing, ...told];
  report.expectNone(what, findings.length === 0 ? [] : [...findings, ...ended.all.split('\n').slice(0, 30)]);
}

interface Expected {
  readonly ended: Ended;
  readonly exitCode: number;
  readonly says?: readonly string[];
  readonly hides?: readonly string[];
}

function expectEqual(report: Report, what: string, [found, expected]: readonly [string, string]): void {
  report.expectNone(what, found === expected ? [] : [`found    ${found}`, `expected ${expected}`]);
}

async function apply({ fleet }: Tools, ...args: readonly string[]): Promise<Ended> {
  return fleet.espalier('apply', '--cluster', CLUSTER, '--timeout', '10', ...args);
}

/** Names and versions of all that the test looks at. */
async function versions({ cluster }: Tools): Promise<string> {
  const kinds = 'namespaces,configmaps,services,deployments,persistentvolumeclaims,roles,serviceaccounts,resourcequotas';
  const format =
    'jsonpath={range .items[*]}{.kind}/{.metadata.namespace}/{.metadata.name}={.metadata.uid}@{.metadata.generation}{"\\n"}{end}';
  return await cluster.kubectl('get', kinds, '--all-namespaces', '--output', format);
}

/** The versions of what we wrote and nobody else writes: configuration and records. */
async function written({ cluster }: Tools): Promise<string> {
  const format = 'jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}={.metadata.resourceVersion}{"\\n"}{end}';
  return await cluster.kubectl('get', 'configmaps', '--all-namespaces', '--output', format);
}

async function names({ cluster }: Tools, ...args: readonly string[]): Promise<string> {
  return (await cluster.kubectl('get', ...args, '--output', 'name', '--ignore-not-found')).split('\n').join(' ');
}

async function checkWays({ fleet, report }: Tools): Promise<void> {
  const far = await fleet.espalier('apply', '--cluster', 'far', '--timeout', '1');
  expectEnd(report, 'a server that is not there', { ended: far, exitCode: 1, says: ['server-unreachable', 'the connection was refused'] });
  const lost = await fleet.espalier('apply', '--cluster', 'lost');
  expectEnd(report, 'a context that is not there', {
    ended: lost,
    exitCode: 1,
    says: ['kubeconfig-unusable', 'no-such-context', '"rig-admin"'],
  });
  const pulled = await fleet.espalier('apply', '--cluster', 'pulled');
  expectEnd(report, 'a cluster with an agent', { ended: pulled, exitCode: 1, says: ['cluster-has-agent', 'fluxv2'] });
}

async function checkFirst(tools: Tools): Promise<void> {
  const { report, fleet } = tools;
  const before = await versions(tools);
  const dry = await apply(tools, '--dry-run', '--diff');
  expectEnd(report, 'a dry run tells all', { ended: dry, exitCode: 0, says: ['would be 13 created', '+ Deployment retail/cart'] });
  expectEqual(report, 'a dry run changes nothing', [await versions(tools), before]);
  const first = await apply(tools);
  expectEnd(report, 'the first run', { ended: first, exitCode: 0, says: ['13 created', 'https://127.0.0.1', 'rig-admin'] });
  const [cart, api] = ['app cart of', 'app api of'].map((text) => first.stdout.indexOf(text));
  report.expectNone('the cloud, then the database, then what depends on it', (cart ?? 0) < (api ?? 0) ? [] : [first.stdout]);
  const there = await written(tools);
  expectEnd(report, 'the second run', { ended: await apply(tools), exitCode: 0, says: ['13 unchanged'], hides: ['created', 'changed,'] });
  expectEqual(report, 'the second run writes nothing, not even the record', [await written(tools), there]);
  const both = await fleet.espalier('apply', '--all', '--timeout', '1', '--dry-run');
  expectEnd(report, 'all clusters, two of them by one server', {
    ended: both,
    exitCode: 1,
    says: ['server-of-another-cluster', 'server-unreachable', 'kubeconfig-unusable'],
  });
  const second = await fleet.espalier('apply', '--cluster', 'second');
  expectEnd(report, 'a server of another cluster', { ended: second, exitCode: 1, says: ['server-of-another-cluster', CLUSTER] });
}

async function checkChange(tools: Tools): Promise<void> {
  const { report, fleet } = tools;
  const edit = (text: string): string => text.replace('replicas: 2', 'replicas: 3');
  await writeFile(join(fleet.folder, 'intents/shop.yaml'), edit(await readFile(join(fleet.folder, 'intents/shop.yaml'), 'utf8')));
  await fleet.espalier('generate');
  expectEnd(report, 'what is not committed', {
    ended: await apply(tools),
    exitCode: 1,
    says: ['tree-not-committed', 'cart-settings-configmap.yaml'],
  });
  await fleet.commit();
  const dry = await apply(tools, '--dry-run', '--diff');
  expectEnd(report, 'a dry run of a change', {
    ended: dry,
    exitCode: 0,
    says: ['spec.replicas: 2 → 3', 'would be 2 changed'],
    hides: ['managedFields', 'deployment.kubernetes.io'],
  });
  expectEnd(report, 'a change', { ended: await apply(tools), exitCode: 0, says: ['2 changed, 11 unchanged'] });
  expectEqual(report, 'is there', [
    await tools.cluster.kubectl('get', 'deployment', 'cart', '-n', 'retail', '-o', 'jsonpath={.spec.replicas}'),
    '3',
  ]);
}

async function checkConflict(tools: Tools): Promise<void> {
  const { report, cluster } = tools;
  await cluster.kubectl('scale', 'deployment', 'cart', '-n', 'retail', '--replicas', '5');
  const refused = await apply(tools);
  expectEnd(report, 'a conflict names manager and field, and stops what depends on it only', {
    ended: refused,
    exitCode: 1,
    says: [
      'apply-conflict',
      '"kubectl"',
      'spec.replicas',
      '--force-conflicts Deployment/retail/cart',
      'left app api of retail/shop as it is',
    ],
  });
  const looked = await apply(tools, '--get');
  expectEnd(report, 'which --get shows', {
    ended: looked,
    exitCode: 1,
    says: ['changed   Deployment retail/cart', 'present   Service retail/cart'],
  });
  expectEnd(report, 'forced for that object', {
    ended: await apply(tools, '--force-conflicts', 'Deployment/retail/cart'),
    exitCode: 0,
    says: ['1 changed'],
  });
  expectEqual(report, 'it is ours again', [
    await cluster.kubectl('get', 'deployment', 'cart', '-n', 'retail', '-o', 'jsonpath={.spec.replicas}'),
    '3',
  ]);
}

async function checkTakingOver(tools: Tools): Promise<void> {
  const { report, fleet, cluster } = tools;
  const ours = (value: string) => ({
    ...configMap('left', { a: value }),
    metadata: { name: 'left', namespace: 'retail', labels: { 'emco/deployment-id': '82-left' } },
  });
  const asFlux = ['apply', '--server-side', '--field-manager', 'kustomize-controller', '--filename'];
  await cluster.kubectl(...asFlux, await fileOf(fleet, ours('old')));
  await fleet.lay({ context: '82', app: 'left', objects: [ours('new')] });
  const refused = await apply(tools, '--only', '82-left');
  expectEnd(report, 'what an agent left with other values', {
    ended: refused,
    exitCode: 1,
    says: ['apply-conflict', '"kustomize-controller" (Flux applied it)', 'data.a', 'Make sure that the agent was stopped'],
  });
  await cluster.kubectl(...asFlux, await fileOf(fleet, ours('new')));
  expectEnd(report, 'is taken over as it is where nothing differs', {
    ended: await apply(tools, '--only', '82-left'),
    exitCode: 0,
    says: ['applied app left'],
  });
  await fleet.lay({ context: '82', app: 'left', objects: [] });
  expectEnd(report, 'and goes with its app', { ended: await apply(tools), exitCode: 0, says: ['1 deleted'] });
}

const configMap = (name: string, data: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'retail' },
  data,
});

async function checkPrune(tools: Tools): Promise<void> {
  const { report, fleet, cluster } = tools;
  const extra = { context: '77', app: 'extra' };
  await cluster.kubectl('create', 'configmap', 'theirs', '-n', 'retail', '--from-literal', 'a=theirs');
  await fleet.lay({ ...extra, objects: [configMap('theirs', { a: 'theirs' })] });
  const foreign = await apply(tools, '--only', '77-extra');
  expectEnd(report, 'an object that somebody else made is not taken, though it says the same', {
    ended: foreign,
    exitCode: 1,
    says: ['object-not-ours', '"kubectl-create"'],
  });
  await fleet.lay({ ...extra, objects: ['one', 'two', 'three', 'four'].map((name) => configMap(name, { a: name })) });
  expectEnd(report, 'four objects more', { ended: await apply(tools), exitCode: 0, says: ['4 created'] });
  await cluster.kubectl('label', 'configmap', 'two', '-n', 'retail', 'emco/deployment-id=somebody-else', '--overwrite');
  await cluster.kubectl('annotate', 'configmap', 'three', '-n', 'retail', 'espalier.dev/prune=disabled');
  await fleet.lay({ ...extra, objects: [configMap('four', { a: 'four' })] });
  const pruned = await apply(tools);
  expectEnd(report, 'what went is pruned, what is not ours any more or shall stay is left and named', {
    ended: pruned,
    exitCode: 0,
    says: [
      '1 deleted',
      'ConfigMap retail/two stays: it is not ours any more',
      'ConfigMap retail/three stays: its annotation espalier.dev/prune',
    ],
  });
  expectEqual(report, 'so it is', [
    await names(tools, 'configmaps', 'one', 'two', 'three', 'four', 'theirs', '-n', 'retail'),
    'configmap/two configmap/three configmap/four configmap/theirs',
  ]);
  await cluster.kubectl('annotate', 'configmap', 'three', '-n', 'retail', 'espalier.dev/prune-');
  await fleet.lay({ ...extra, objects: [] });
  expectEnd(report, 'an app that is gone', {
    ended: await apply(tools),
    exitCode: 0,
    says: ['removed app extra of context 77', '2 deleted'],
  });
  expectEqual(report, 'takes its record along', [await names(tools, 'configmap', 'inventory-77-extra', '-n', 'espalier-system'), '']);
  await cluster.kubectl('delete', 'configmap', 'two', 'theirs', '-n', 'retail');
}

const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.rig.example.net' },
  spec: {
    group: 'rig.example.net',
    names: { kind: 'Widget', listKind: 'WidgetList', plural: 'widgets', singular: 'widget' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } },
        },
      },
    ],
  },
};
const widget = (name: string, spec: Readonly<Record<string, number>>) => ({
  apiVersion: 'rig.example.net/v1',
  kind: 'Widget',
  metadata: { name, namespace: 'retail' },
  spec,
});

async function checkDefinitions(tools: Tools): Promise<void> {
  const { report, fleet, cluster } = tools;
  await fleet.lay({ context: '78', app: 'gadgets', objects: [widget('small', { size: 1 })] });
  const missing = await apply(tools);
  expectEnd(report, 'a kind that the server does not know stops its app only', {
    ended: missing,
    exitCode: 1,
    says: ['kind-not-served', 'rig.example.net/v1', '13 unchanged'],
  });
  await fleet.lay({ context: '79', app: 'operator', objects: [CRD] });
  const dry = await apply(tools, '--dry-run');
  expectEnd(report, 'a dry run knows that the definition would come first', { ended: dry, exitCode: 0, says: ['would be 2 created'] });
  expectEnd(report, 'a definition and its object in one run', { ended: await apply(tools), exitCode: 0, says: ['2 created'] });
  await fleet.lay({ context: '78', app: 'gadgets', objects: [widget('small', { sise: 1 })] });
  expectEnd(report, 'a field that the definition does not have', { ended: await apply(tools), exitCode: 1, says: ['not-applied', 'sise'] });
  await cluster.kubectl('create', '--filename', await fileOf(fleet, widget('foreign', { size: 2 })));
  await fleet.lay({ context: '78', app: 'gadgets', objects: [] });
  await fleet.lay({ context: '79', app: 'operator', objects: [] });
  const stays = await apply(tools);
  expectEnd(report, 'a definition of which somebody has objects stays', {
    ended: stays,
    exitCode: 0,
    says: ['1 deleted', 'CustomResourceDefinition widgets.rig.example.net stays: it holds Widget retail/foreign'],
  });
  await cluster.kubectl('delete', 'widget', 'foreign', '-n', 'retail');
  expectEnd(report, 'and goes with the last of them', { ended: await apply(tools), exitCode: 0, says: ['1 deleted'] });
}

async function fileOf(fleet: DirectFleet, object: object): Promise<string> {
  const path = join(fleet.folder, '../object.json');
  await writeFile(path, JSON.stringify(object));
  return path;
}

async function checkSecret(tools: Tools): Promise<void> {
  const { report, fleet } = tools;
  const secret = (value: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'key', namespace: 'retail' },
    stringData: { key: value },
  });
  await fleet.lay({ context: '80', app: 'sealed', objects: [secret('hush-one-two')] });
  const first = await apply(tools, '--diff');
  await fleet.lay({ context: '80', app: 'sealed', objects: [secret('hush-three-four')] });
  const second = await apply(tools, '--diff=full');
  const third = await apply(tools, '--diff', '--json');
  const all = { exitCode: 0, stdout: '', stderr: '', all: first.all + second.all + third.all };
  const base64 = ['hush-one-two', 'hush-three-four'].map((text) => Buffer.from(text).toString('base64'));
  expectEnd(report, 'what a Secret holds is never shown', {
    ended: all,
    exitCode: 0,
    says: ['Secret retail/key', '(is secret)'],
    hides: ['hush', ...base64],
  });
  const schema = JSON.parse(await readFile(new URL('../../api/json-output.schema.json', import.meta.url), 'utf8')) as object;
  const check = new Ajv({ allErrors: true, strict: false }).compile(schema);
  check(JSON.parse(third.stdout));
  report.expectNone(
    'the JSON is of the form that is written down',
    (check.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath}: ${message}`),
  );
  await fleet.lay({ context: '80', app: 'sealed', objects: [] });
  await apply(tools);
}

async function checkLost(tools: Tools): Promise<void> {
  const { report, fleet, gate, cluster } = tools;
  const many = Array.from({ length: 60 }, (_, index) => configMap(`many-${index}`, { index: String(index) }));
  await fleet.lay({ context: '81', app: 'many', objects: many });
  gate.closeAfter(40);
  const cut = await fleet.espalier('apply', '--cluster', CLUSTER, '--timeout', '2', '--kubeconfig', gate.kubeconfig, '--only', '81-many');
  expectEnd(report, 'a server that is lost half-way', { ended: cut, exitCode: 1, says: ['server-lost', 'after 0 of 1'] });
  const half = (await names(tools, 'configmaps', '-n', 'retail', '--selector', 'emco/deployment-id=81-many')).split(' ').length;
  report.expectNone(`some of the objects are there (${half})`, half > 0 && half < many.length ? [] : ['none, or all']);
  const record = await cluster.kubectl(
    'get',
    'configmap',
    'inventory-81-many',
    '-n',
    'espalier-system',
    '-o',
    'jsonpath={.data.objects}|{.data.commit}',
  );
  report.expectNone(
    'the record has all of them, and no commit',
    record.split('\n').length === many.length && record.endsWith('|') ? [] : [record],
  );
  // While it was away, one of them left the tree: what was begun must not be forgotten.
  await fleet.lay({ context: '81', app: 'many', objects: many.slice(1) });
  gate.closeAfter(25, 700);
  const resumed = await fleet.espalier(
    'apply',
    '--cluster',
    CLUSTER,
    '--timeout',
    '20',
    '--kubeconfig',
    gate.kubeconfig,
    '--only',
    '81-many',
  );
  expectEnd(report, 'a short interruption is lived through, and the rest is done', {
    ended: resumed,
    exitCode: 0,
    says: ['applied app many'],
  });
  expectEqual(report, 'what left the tree in between is gone', [await names(tools, 'configmap', 'many-0', '-n', 'retail'), '']);
  await fleet.lay({ context: '81', app: 'many', objects: [] });
  expectEnd(report, 'all of it goes again', { ended: await apply(tools), exitCode: 0, says: ['59 deleted'] });
}

async function checkDelete(tools: Tools): Promise<void> {
  const { report, fleet, cluster } = tools;
  expectEnd(report, 'deleting must be confirmed', {
    ended: await apply(tools, '--delete'),
    exitCode: 1,
    says: ['removal-not-confirmed', '3 apps and clouds'],
  });
  await cluster.kubectl('create', 'configmap', 'theirs', '-n', 'retail');
  await fleet.change({
    'intents/fleet.yaml': (text) => text.replace('kubeconfigObject: by-hand}', 'kubeconfigObject: by-hand, state: Removed}'),
  });
  expectEnd(report, 'an empty tree must be confirmed', { ended: await apply(tools), exitCode: 1, says: ['would-remove-everything'] });
  const emptied = await apply(tools, '--prune-all');
  expectEnd(report, 'claims stay, and the namespace for what is in it', {
    ended: emptied,
    exitCode: 0,
    says: ['PersistentVolumeClaim retail/cart stays: it may hold data', 'Namespace retail stays: it holds'],
  });
  expectEqual(report, 'what is somebody else’s is there', [await names(tools, 'configmap', 'theirs', '-n', 'retail'), 'configmap/theirs']);
  await cluster.kubectl('delete', 'configmap', 'theirs', '-n', 'retail');
  const deleted = await apply(tools, '--delete', '--yes', '--delete-data');
  expectEnd(report, 'with --delete-data they go', { ended: deleted, exitCode: 0, hides: ['stays'] });
  await cluster.kubectl('wait', '--for=delete', 'namespace/retail', 'namespace/espalier-system', '--timeout=30s');
  report.pass('nothing of ours is left');
  expectEnd(report, 'and there is nothing to do', { ended: await apply(tools, '--delete', '--yes'), exitCode: 0, says: ['nothing to do'] });
}

async function scenario(rig: Rig, report: Report, folder: string): Promise<void> {
  const fleet = await layDownDirectFleet(join(folder, 'fleet'), rig.kubeconfig);
  const gate = await openGate(join(folder, 'kubeconfig'));
  const tools: Tools = { fleet, cluster: connect(rig), report, gate };
  try {
    for (const check of [
      checkWays,
      checkFirst,
      checkChange,
      checkConflict,
      checkTakingOver,
      checkPrune,
      checkDefinitions,
      checkSecret,
      checkLost,
      checkDelete,
    ])
      await check(tools);
  } finally {
    gate.close();
  }
}

async function main(): Promise<void> {
  const found = await Promise.all(NEEDED.map(async (name) => ((await findProgram(name)) === undefined ? name : undefined)));
  const missing = process.platform === 'linux' ? found.filter((name) => name !== undefined) : ['Linux'];
  if (missing.length > 0) {
    console.log(`skipped: the end-to-end test of apply needs ${missing.join(', ')}`);
    return;
  }
  await buildRig(['k8s']);
  const report = createReport((line) => console.log(line));
  const folder = await mkdtemp(join(tmpdir(), 'espalier-direct-'));
  const run = await reserveRun();
  const interruption = new AbortController();
  const tearDown = async (): Promise<void> => {
    await stopRig(run);
    await rm(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interruption.signal.aborted) return;
      interruption.abort();
      void tearDown().finally(() => process.exit(130));
    });
  }
  try {
    const rig = await startRig(run, interruption.signal, 'api');
    report.pass('API server up');
    await scenario(rig, report, folder);
  } catch (error) {
    if (!interruption.signal.aborted) report.fail('the run broke off', [error instanceof Error ? error.message : String(error)]);
  }
  if (interruption.signal.aborted) return;
  await tearDown();
  console.log(report.close());
  if (report.failed > 0) process.exitCode = 1;
}

await main();
