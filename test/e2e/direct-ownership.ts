/** What is ours and what is not; definitions; Secrets. */
import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { apply, configMap, expectEnd, expectEqual, fileOf, names, type Tools } from './direct-tools.ts';

export async function checkTakingOver(tools: Tools): Promise<void> {
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

export async function checkPrune(tools: Tools): Promise<void> {
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

export async function checkDefinitions(tools: Tools): Promise<void> {
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

export async function checkSecret(tools: Tools): Promise<void> {
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
