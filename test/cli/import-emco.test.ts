import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findHelms } from '../support/charts.ts';
import { tarball, tarballOf } from '../support/tar.ts';
import { createFleet, type Ended, type Fleet } from './espalier.ts';

const FIXTURES = new URL('../fixtures/emco/', import.meta.url).pathname;
const SCHEMA = JSON.parse(readFileSync(new URL('../../api/json-output.schema.json', import.meta.url), 'utf8')) as object;
const helms = findHelms();
if (helms.length === 0) console.warn('skipped in part: no helm program (see scripts/helm-binary.ts)');

let fleet: Fleet;
let emco = '';
beforeEach(() => {
  fleet = createFleet();
  for (const folder of ['intents', 'templates/apps']) {
    rmSync(join(fleet.root, folder), { recursive: true });
    mkdirSync(join(fleet.root, folder), { recursive: true });
  }
  emco = realpathSync(mkdtempSync(join(tmpdir(), 'espalier-emco-')));
  cpSync(FIXTURES, emco, { recursive: true });
  mkdirSync(join(emco, 'packages'));
  for (const app of ['catalog', 'basket']) {
    writeFileSync(join(emco, `packages/${app}.tar.gz`), tarballOf(join(FIXTURES, 'charts', app), app));
    writeFileSync(join(emco, `packages/${app}-profile.tar.gz`), tarballOf(join(FIXTURES, 'profiles', app)));
  }
});
afterEach(() => {
  fleet.remove();
  rmSync(emco, { recursive: true });
});

const ALL = ['fleet.yaml', 'cloud.yaml', 'deployment.yaml', 'customization.yaml'];
const REPOSITORY = ['--chart-repository', 'oci://registry.example.net/charts'];

function run(files: readonly string[], ...args: readonly string[]): Promise<Ended> {
  return fleet.run('import', 'emco', ...files.map((name) => join(emco, name)), '--values', join(emco, 'values.yaml'), ...args);
}

function written(): readonly string[] {
  return readdirSync(fleet.root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.espalier'))
    .map((entry) => join(entry.parentPath, entry.name).slice(fleet.root.length + 1))
    .filter((path) => /^(?:intents|templates)\//.test(path))
    .sort();
}

function edit(name: string, from: string, to: string): void {
  const text = readFileSync(join(emco, name), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(emco, name), text.replace(from, to));
}

const INTENTS = [
  'intents/clusters/metro-edge/gitobjectfleet.sync.yaml',
  'intents/clusters/metro-edge/lab.yaml',
  'intents/clusters/metro-edge/lisbon.yaml',
  'intents/clusters/metro-edge/porto.yaml',
  'intents/store/live.yaml',
  'intents/store/store-cloud.cloud.yaml',
];

test('import emco writes intents and packages that generate, and says what became of all', async () => {
  const { exitCode, stdout, stderr } = await run(ALL, ...REPOSITORY);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(written().filter((path) => path.startsWith('intents/'))).toEqual(INTENTS);
  expect(stdout).toContain(`${emco}/fleet.yaml:12 cluster provider Metro_Edge → intents/clusters/metro-edge/\n`);
  expect(stdout).toContain('its mode is "deny", which EMCO applies nowhere');
  expect(stdout).toContain('Secret "catalog-login" must exist');
  expect(stdout).toContain('the value "adminPassword" looks like a credential and was not copied');
  expect(fleet.read('intents/store/live.yaml')).toContain(
    '      chart:\n        repository: oci://registry.example.net/charts\n        name: basket\n        version: 1.1.0\n',
  );
  expect(fleet.read('intents/store/live.yaml')).toContain(
    '    values:\n      greeting: "yes"\n      replicas: 3\n      image:\n        tag: "1.28"\n',
  );
  expect(fleet.read('intents/store/store-cloud.cloud.yaml')).toContain('charts: true\n');
  expect(fleet.read('templates/apps/catalog/catalog.yaml')).toBe(
    readFileSync(join(FIXTURES, 'charts/catalog/templates/catalog.yaml'), 'utf8'),
  );
  const generated = await fleet.run('generate');
  expect([generated.exitCode, generated.stderr]).toEqual([0, expect.not.stringContaining('error') as string]);
  const tree = [...fleet.tree()];
  const replicas = (cluster: string): string | undefined =>
    /replicas: \d/.exec(tree.find(([path]) => path.includes(cluster) && path.endsWith('/catalog-deployment.yaml'))?.[1] ?? '')?.[0];
  expect([replicas('lisbon'), replicas('porto')]).toEqual(['replicas: 1', 'replicas: 2']);
  expect(tree.find(([path]) => path.endsWith('/notice-configmap.yaml'))?.[1]).toContain('opening-hours: |\n    Monday');
  for (const text of [stdout, ...written().map((path) => fleet.read(path)), ...tree.map(([, content]) => content)])
    expect(text).not.toMatch(/not-a-real|somebody/);
});

describe.each(helms)('with %s, import emco', (helm) => {
  test('renders charts with the values of profile and group, under EMCO’s release name', async () => {
    const { exitCode, stdout, stderr } = await run(ALL, '--helm', helm);
    expect([exitCode, stderr]).toEqual([0, '']);
    const deployment = fleet.read('templates/apps/basket/r1-basket-deployment.yaml');
    expect(deployment).toContain('replicas: 3\n');
    expect(deployment).toContain('value: "yes"\n');
    expect(deployment).toContain('image: ghcr.io/example/basket:1.28\n');
    expect(deployment).not.toContain('namespace');
    expect(stdout).toContain('Secret "basket-login" was not written');
    expect(written().filter((path) => /secret/i.test(path))).toEqual([]);
    expect((await fleet.run('generate')).exitCode).toBe(0);
  });

  test('takes what has no namespace into the packages of a cloud of level 0', async () => {
    edit('cloud.yaml', '  namespace: {{ .Namespace }}\n  user:', '  level: 0\n  user:');
    const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: reader}\nrules: []\n';
    const chart = 'apiVersion: v2\nname: basket\nversion: 1.0.0\n';
    writeFileSync(
      join(emco, 'packages/basket.tar.gz'),
      tarball({ 'basket/Chart.yaml': chart, 'basket/templates/role.yaml': `{{/* reads */}}\n${role}` }),
    );
    expect((await run(['fleet.yaml', 'cloud.yaml', 'deployment.yaml'], '--helm', helm)).exitCode).toBe(0);
    expect(fleet.read('templates/apps/basket/reader-clusterrole.yaml')).toContain('kind: ClusterRole\n');
    expect(written().filter((path) => path.startsWith('templates/crds/'))).toEqual([]);
    expect((await fleet.run('generate')).exitCode).toBe(0);
  });

  test('puts files of a profile into the chart', async () => {
    const manifest =
      'version: v1\ntype:\n  values: v.yaml\n  configresource:\n  - filepath: own.yaml\n    chartpath: templates/basket.yaml\n';
    const own = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}-own"}\ndata: {a: "{{ .Values.greeting }}"}\n';
    writeFileSync(
      join(emco, 'packages/basket-profile.tar.gz'),
      tarball({ 'manifest.yaml': manifest, 'v.yaml': 'greeting: hello\n', 'own.yaml': own }),
    );
    expect((await run(ALL, '--helm', helm)).exitCode).toBe(0);
    expect(fleet.read('templates/apps/basket/r1-own-configmap.yaml')).toContain('a: hello\n');
  });

  test('tells why a chart does not render, and goes on', async () => {
    writeFileSync(
      join(emco, 'packages/basket.tar.gz'),
      tarball({
        'basket/Chart.yaml': 'apiVersion: v2\nname: basket\nversion: 1.0.0\n',
        'basket/templates/a.yaml': '{{ fail "no such shop" }}',
      }),
    );
    const { exitCode, stdout } = await run(ALL, '--helm', helm);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/app store\/storefront\/v2\/basket: helm cannot render its chart: .*no such shop/);
    expect(fleet.read('intents/store/live.yaml')).not.toContain('basket');
  });
});

test('import emco makes a cloud of level 0 the administrators’, without charts of a repository', async () => {
  edit('cloud.yaml', '  namespace: {{ .Namespace }}\n  user:', '  namespace: default\n  level: "0"\n  user:');
  const { exitCode, stdout, stderr } = await run(ALL, ...REPOSITORY);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(fleet.read('intents/store/store-cloud.cloud.yaml')).toContain('spec:\n  level: 0\n  namespace: default\n  clusters:\n');
  expect(stdout).toContain('app store/storefront/v2/basket: its logical cloud is of level 0, which takes no chart of a repository');
  const generated = await fleet.run('generate');
  expect([generated.exitCode, generated.stderr]).toEqual([0, expect.not.stringContaining('error') as string]);
  expect([...fleet.tree().keys()].filter((path) => /(?:-namespace|-rolebinding|-resourcequota)\.yaml$/.test(path))).toEqual([]);
});

test('import emco leaves charts with templates out with --no-charts, and needs no helm', async () => {
  const { exitCode, stdout } = await run(ALL, '--no-charts');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('app store/storefront/v2/basket: its chart has templates (such as basket.yaml)');
  expect(fleet.read('intents/store/live.yaml')).not.toContain('basket');
});

test('import emco writes nothing where a chart needs a helm that is not there', async () => {
  const { exitCode, stderr } = await run(ALL, '--helm', join(emco, 'no-helm'));
  expect([exitCode, written()]).toEqual([1, []]);
  expect(stderr).toContain('no-helm-for-import: Cannot render the chart of app "basket": there is no such program');
});

test('import emco with --json prints what its schema says', async () => {
  const { stdout, stderr } = await run(ALL, ...REPOSITORY, '--json');
  const output = JSON.parse(stdout) as { readonly imported: readonly { readonly outcome: string }[]; readonly changes: readonly object[] };
  const validate = new Ajv({ strict: false }).compile(SCHEMA);
  expect([validate(output), validate.errors]).toEqual([true, null]);
  expect([stderr, output.changes.length]).toEqual(['', written().length]);
  expect(new Set(output.imported.map(({ outcome }) => outcome))).toEqual(new Set(['carried', 'changed', 'left', 'todo']));
});

test('import emco writes nothing with --dry-run, and shows what it would', async () => {
  const { exitCode, stdout } = await run(ALL, ...REPOSITORY, '--dry-run');
  expect([exitCode, written()]).toEqual([0, []]);
  expect(stdout).toContain('--- would create intents/store/live.yaml\n# In EMCO: deployment intent group store/storefront/v2/live\n');
});

test('import emco takes documents in any order, and a deployment after its cloud', async () => {
  await run(ALL, ...REPOSITORY);
  const whole = written().map((path) => fleet.read(path));
  for (const folder of ['intents', 'templates/apps']) rmSync(join(fleet.root, folder), { recursive: true });
  for (const folder of ['intents', 'templates/apps']) mkdirSync(join(fleet.root, folder), { recursive: true });
  await run(['cloud.yaml', 'fleet.yaml'], ...REPOSITORY);
  const { exitCode, stdout } = await run(['customization.yaml', 'deployment.yaml'], '--no-charts');
  expect([exitCode, stdout]).toEqual([
    0,
    expect.stringContaining('deployment intent group store/storefront/v2/live → intents/store/live.yaml'),
  ]);
  expect(fleet.read('intents/clusters/metro-edge/lisbon.yaml')).toBe(whole[INTENTS.indexOf('intents/clusters/metro-edge/lisbon.yaml')]);
});

test('import emco writes over nothing', async () => {
  await run(ALL, ...REPOSITORY);
  fleet.edit('intents/store/live.yaml', { from: 'version: v2', to: 'version: v3' });
  const { exitCode, stderr } = await run(ALL, ...REPOSITORY);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('file-in-the-way: Cannot write "intents/store/live.yaml"');
  expect(fleet.read('intents/store/live.yaml')).toContain('version: v3');
});

test('import emco writes nothing that does not hold together, and still gives its report', async () => {
  edit('deployment.yaml', 'opStatus: Ready', 'opStatus: Deployed');
  edit('values.yaml', '    Needs: []', '    Needs: [basket]');
  const { exitCode, stderr } = await run(ALL, ...REPOSITORY);
  expect([exitCode, written()]).toEqual([1, []]);
  expect(stderr).toContain('error dependency-cycle');
  expect(stderr).toContain('opStatus Deployed becomes Ready');
});

describe('import emco reads nothing', () => {
  const report = async (): Promise<string> => (await run(ALL, '--no-charts')).stdout;

  test('outside of the folder', async () => {
    edit('values.yaml', 'Packages: packages', 'Packages: ../elsewhere');
    expect(await report()).toContain('its chart cannot be read: "../elsewhere/catalog.tar.gz" lies outside of the folder');
  });

  test('through a link', async () => {
    rmSync(join(emco, 'notice.yaml'));
    symlinkSync('/etc/hostname', join(emco, 'notice.yaml'));
    expect(await report()).toContain('its file cannot be read: "notice.yaml": it is a symbolic link');
  });

  test('of a bomb', async () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let level = 0; level < 12; level += 1)
      bomb.push(
        `${'b'.repeat(level + 1)}: &b${level} [${Array.from({ length: 9 }, () => (level === 0 ? '*a' : `*b${level - 1}`)).join(', ')}]`,
      );
    writeFileSync(join(emco, 'values.yaml'), bomb.join('\n'));
    const { exitCode, stderr } = await run(ALL);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('bad-emco: Cannot read')]);
  });
});

test('import emco finds what documents name below --folder', async () => {
  mkdirSync(join(emco, 'documents'));
  for (const name of [...ALL, 'values.yaml']) cpSync(join(emco, name), join(emco, 'documents', name));
  const files = ALL.map((name) => join(emco, 'documents', name));
  const { stdout } = await fleet.run('import', 'emco', ...files, '-v', join(emco, 'values.yaml'), '--folder', emco, '--no-charts');
  expect(stdout).toContain('created templates/apps/catalog/catalog.yaml\n');
});

test.each([
  ['--chart-repository', 'http://user:pass@example.net/x', 'Cannot use --chart-repository'],
  ['--values', 'gone.yaml', 'Cannot read gone.yaml'],
])('import emco refuses %s %s', async (flag, value, message) => {
  const { exitCode, stderr } = await fleet.run('import', 'emco', join(emco, 'fleet.yaml'), flag, value);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(stderr).not.toContain('pass@');
  expect(existsSync(join(fleet.root, 'intents/clusters'))).toBe(false);
});
