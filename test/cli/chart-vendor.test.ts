import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ChartServer, findHelms, serveCharts } from '../support/charts.ts';
import { createFleet, type Ended, type Fleet } from './espalier.ts';

const helms = findHelms();
if (helms.length === 0) console.warn('skipped: no helm program (see scripts/helm-binary.ts)');

describe.each(helms)('with %s, espalier chart vendor', (helm) => {
  // What depends on helm is tried with each; the rest with one.
  const isFirst = helm === helms[0];
  let server: ChartServer;
  let fleet: Fleet;
  beforeAll(async () => {
    server = await serveCharts(helm);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    fleet = createFleet();
  });
  afterEach(async () => {
    fleet.remove();
    await server.publish();
  });

  const APP = 'templates/apps/shop-web';
  const CHART = 'templates/charts/web/1.2.3';
  const vendor = (...args: readonly string[]): Promise<Ended> =>
    fleet.run('chart', 'vendor', server.http, 'web', '--version', '1.2.3', '--helm', helm, '--into', APP, ...args);
  const write = (path: string, text: string): void => {
    mkdirSync(join(fleet.root, dirname(path)), { recursive: true });
    writeFileSync(join(fleet.root, path), text);
  };
  const filesIn = (folder: string): readonly string[] =>
    existsSync(join(fleet.root, folder)) ? readdirSync(join(fleet.root, folder)).sort() : [];

  test('makes a package that generates, and tells what it left out', async () => {
    const { stdout, stderr, exitCode } = await vendor();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(filesIn(APP)).toEqual([
      'chart.lock.yaml',
      'kustomization.yaml',
      'shop-web-web-configmap.yaml',
      'shop-web-web-deployment.yaml',
      'shop-web-web-rolebinding.yaml.hbs',
      'template.yaml',
    ]);
    expect(filesIn(CHART)).toEqual(['Chart.yaml', 'chart.lock.yaml', 'values.schema.json', 'values.yaml']);
    expect(filesIn('templates/crds/shop-web')).toEqual(['gadgets.example.net-customresourcedefinition.yaml']);
    expect(stdout).toContain('note: Job "shop-web-migrate" is a hook, which only Helm would run: left out.');
    expect(stdout).toContain('note: Pod "shop-web-test" is a hook');
    expect(stdout).toContain('note: CustomResourceDefinition "gadgets.example.net" is no tenant\'s');
    expect(stdout).toMatch(/created 11, updated 0, deleted 0, unchanged 0\n$/);
    fleet.edit('intents/retail.yaml', {
      from: 'source: {template: web}\n    values: {replicas: 2}',
      to: 'source: {template: shop-web}\n    values: {namespace: retail}',
    });
    fleet.edit('intents/retail.yaml', { from: '  - {apiGroups: [""', to: '  - {apiGroups: [rbac.authorization.k8s.io, ""' });
    fleet.edit('intents/retail.yaml', { from: 'resources: [services,', to: 'resources: [rolebindings, services,' });
    const generated = await fleet.run('generate');
    expect([generated.exitCode, generated.stdout]).toEqual([0, expect.stringMatching(/^created /m)]);
    const binding = [...fleet.tree()].find(([path]) => path.endsWith('/app/web/shop-web-web-rolebinding.yaml'))?.[1];
    expect(binding).toContain('subjects:\n- kind: ServiceAccount\n  name: web\n  namespace: retail\n');
  });

  test('records where the chart is from, and what it requests', async () => {
    write('web-values.yaml', 'replicas: 3\n');
    await vendor('--values', join(fleet.root, 'web-values.yaml'), '--kube-version', '1.36');
    const lock = fleet.read(`${APP}/chart.lock.yaml`);
    expect(lock).toContain(`repository: ${server.http}\n  name: web\n  version: 1.2.3\n  digest: sha256:`);
    expect(lock).toContain('kubeVersion: "1.36"\n  values: sha256:');
    expect(lock).toContain('demand:\n    total:\n      cpu: 300m\n      memory: 192Mi\n');
    expect(fleet.read(`${APP}/shop-web-web-deployment.yaml`)).toContain('replicas: 3\n');
  });

  test('takes charts from an OCI registry, with the digest of their manifest', async () => {
    const args = ['chart', 'vendor', server.oci, 'web', '--version', '1.2.3', '--helm', helm, '--plain-http'];
    rmSync(join(fleet.root, 'templates/apps/web'), { recursive: true });
    const { exitCode, stderr } = await fleet.run(...args);
    expect([exitCode, stderr]).toEqual([0, '']);
    const [, digest] = /digest: (sha256:[0-9a-f]{64})/.exec(fleet.read('templates/apps/web/chart.lock.yaml')) ?? [];
    const answer = await fetch(`${server.http}/v2/charts/web/manifests/${digest ?? ''}`);
    expect([answer.status, answer.headers.get('docker-content-digest')]).toEqual([200, digest]);
  });

  test.runIf(isFirst)('names the namespace where one is given, and needs no value then', async () => {
    await vendor('--namespace', 'retail');
    expect(fleet.read(`${APP}/shop-web-web-rolebinding.yaml`)).toContain('namespace: retail\n');
    expect(fleet.read(`${APP}/shop-web-web-deployment.yaml`)).not.toContain('namespace:');
    expect(fleet.read(`${APP}/template.yaml`)).not.toContain('namespace');
  });

  test.runIf(isFirst)('changes nothing when nothing changed', async () => {
    await vendor();
    const { stdout, exitCode } = await vendor();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^created 0, updated 0, deleted 0, unchanged 11$/m);
  });

  test('shows what a new version changes, and deletes what it no longer renders', async () => {
    await vendor();
    await server.publish({
      'values.yaml': 'replicas: 5\nimage: {repository: example.net/web, tag: "1.28"}\nresources: {}\n',
      'templates/hooks.yaml': '',
    });
    const preview = await vendor('--dry-run');
    expect(preview.stdout).toContain(`~ ${APP}/shop-web-web-deployment.yaml\n`);
    expect(preview.stdout).toContain('-  replicas: 2\n');
    expect(preview.stdout).toContain('+  replicas: 5\n');
    expect(preview.stdout).toMatch(/would create 0, update 5, delete 0, unchanged 6\n$/);
    expect(fleet.read(`${APP}/shop-web-web-deployment.yaml`)).toContain('replicas: 2\n');
    await server.publish({ 'templates/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: only}\n' });
    expect((await vendor()).stdout).toContain(`- ${APP}/shop-web-web-deployment.yaml\n`);
    expect(filesIn(APP)).toEqual(['chart.lock.yaml', 'kustomization.yaml', 'only-configmap.yaml', 'template.yaml']);
  });

  test.runIf(isFirst)('does not undo an edit unless it is told to', async () => {
    await vendor();
    fleet.edit(`${APP}/shop-web-web-deployment.yaml`, { from: 'replicas: 2', to: 'replicas: 4' });
    const refused = await vendor('--values', writeValues('replicas: 7\n'));
    expect([refused.exitCode, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(`edited-by-hand: Cannot vendor anew: "${APP}/shop-web-web-deployment.yaml" was edited by hand`);
    expect(fleet.read(`${APP}/shop-web-web-deployment.yaml`)).toContain('replicas: 4\n');
    const forced = await vendor('--force');
    expect([forced.exitCode, forced.stderr]).toEqual([0, '']);
    expect(fleet.read(`${APP}/shop-web-web-deployment.yaml`)).toContain('replicas: 2\n');
  });

  test.runIf(isFirst)('does not write over a package that it did not make', async () => {
    const { exitCode, stderr } = await vendor('--into', 'templates/apps/web');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('file-in-the-way: Cannot write "templates/apps/web/template.yaml"');
    expect(filesIn('templates/charts')).toEqual([]);
  });

  test('refuses Secrets with data, and does not show them', async () => {
    const { exitCode, stderr, stdout } = await vendor('--values', writeValues('password: open-sesame\n'));
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('chart-secrets: Cannot make a package of chart "web": it renders Secret "shop-web-login" with data');
    expect(stderr).not.toContain('open-sesame');
    expect(filesIn(APP)).toEqual([]);
  });

  test('tells of a chart that draws at random, and of what is not a tenant’s', async () => {
    const { stdout } = await vendor('--values', writeValues('random: true\nclusterRole: true\n'));
    expect(stdout).toContain('note: The chart renders something else each time');
    expect(stdout).toContain('note: ClusterRole "shop-web-web" is no tenant\'s');
    expect(filesIn('templates/crds/shop-web')).toContain('shop-web-web-clusterrole.yaml');
  });

  test.runIf(isFirst)('asks for a namespace where braces of the chart would be taken for a value', async () => {
    const values = writeValues('braces: true\n');
    expect((await vendor('--values', values)).stderr).toContain('bad-chart');
    expect((await vendor('--values', values, '--namespace', 'retail')).exitCode).toBe(0);
  });

  test.runIf(isFirst)('keeps only the schema with --schema-only, whatever the chart renders', async () => {
    const { exitCode } = await vendor('--schema-only', '--values', writeValues('password: open-sesame\n'));
    expect(exitCode).toBe(0);
    expect(filesIn(APP)).toEqual([]);
    expect(filesIn(CHART)).toEqual(['Chart.yaml', 'chart.lock.yaml', 'values.schema.json', 'values.yaml']);
  });

  test.each([
    ['a version that is not there', ['--version', '9.9.9'], 'helm-failed'],
    ['values that the chart refuses', ['--values', 'VALUES'], 'helm-failed'],
    ['a range', ['--version', '>=1'], 'bad-answer'],
    ['a package elsewhere', ['--into', '../outside'], 'bad-answer'],
    ['a program that is not there', ['--helm', './no-helm'], 'helm-not-found'],
  ])('refuses %s', async (_, args, code) => {
    const given = args.map((arg) => (arg === 'VALUES' ? writeValues('replicas: many\n') : arg));
    const { exitCode, stderr } = await vendor(...given);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error ${code}: `);
    expect(stderr).toContain('Nothing was written.');
    expect(filesIn('templates')).toEqual(['apps']);
  });

  test.runIf(isFirst)('is one document with --json', async () => {
    const { stdout } = await vendor('--json');
    const { changes, summary, notes, exitCode } = JSON.parse(stdout) as Record<string, unknown>;
    expect([(changes as unknown[]).length, (notes as unknown[]).length, exitCode]).toEqual([11, 3, 0]);
    expect(summary).toMatchObject({ created: 11, written: true });
  });

  function writeValues(text: string): string {
    write('some-values.yaml', text);
    return join(fleet.root, 'some-values.yaml');
  }
});

test.skipIf(helms.length > 0)('charts are not vendored here: there is no helm', () => {
  expect(helms).toEqual([]);
});
