import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runForReport } from '../support/run-program.ts';

const BASE = new URL('../diagnostics/_base/', import.meta.url).pathname;
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'espalier-new-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const run = async (...argv: readonly string[]) => runForReport(root, ...argv);
const errorsOf = async (...argv: readonly string[]): Promise<readonly string[]> =>
  (await run(...argv)).diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`);
const pathsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : []))
    .sort();

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('init', () => {
  test('makes a repository that new and generate go on with', async () => {
    expect(await errorsOf('init')).toEqual([]);
    expect(await errorsOf('new', 'cluster', 'a', '--provider', 'p', '--agent', 'none')).toEqual([]);
    expect(await errorsOf('generate')).toEqual([]);
    expect(await errorsOf('generate', '--check')).toEqual([]);
  });

  test('makes a new folder, and leaves what a forge put there', async () => {
    write('fleet/README.md', 'Mine\n');
    write('fleet/.git/HEAD', 'ref: refs/heads/main\n');
    expect((await runForReport(join(root, 'fleet'), 'init')).exitCode).toBe(0);
    expect(readFileSync(join(root, 'fleet/README.md'), 'utf8')).toBe('Mine\n');
    expect((await run('init', join(root, 'a/b'))).exitCode).toBe(0);
    expect(existsSync(join(root, 'a/b/README.md'))).toBe(true);
  });

  test('refuses a folder with anything else in it, and itself the second time', async () => {
    write('notes.txt', '');
    expect(await errorsOf('init')).toEqual(['folder-not-empty: Cannot set up a repository here: the folder holds "notes.txt"']);
    expect(pathsIn(root)).toEqual(['notes.txt']);
    rmSync(join(root, 'notes.txt'));
    await run('init');
    const before = pathsIn(root);
    expect((await run('init')).exitCode).toBe(1);
    expect(pathsIn(root)).toEqual(before);
  });

  test('writes nothing with --dry-run', async () => {
    const { changes, summary } = await run('init', '--dry-run');
    expect(changes.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', '.schemas/intent.schema.json']));
    expect([summary.written, pathsIn(root)]).toEqual([false, []]);
  });
});

test('a new cluster leaves the version of its agent to an AgentInstallation, unless it is given', async () => {
  cpSync(BASE, root, { recursive: true });
  await run('new', 'cluster', 'c3', '--provider', 'provider1');
  await run('new', 'cluster', 'c4', '--provider', 'provider1', '--flux-version', '2.8');
  const [silent = '', given = ''] = ['c3', 'c4'].map((name) => readFileSync(join(root, `intents/clusters/provider1/${name}.yaml`), 'utf8'));
  expect(silent).not.toMatch(/^ *agentVersion:/m);
  expect(given).toMatch(/^ *agentVersion: "2.8"$/m);
});

test('schemas renews what editors complete from, and nothing else', async () => {
  await run('init');
  const schema = readFileSync(join(root, '.schemas/cluster.schema.json'), 'utf8');
  expect((await run('schemas')).changes).toEqual([]);
  write('.schemas/cluster.schema.json', '{}');
  rmSync(join(root, '.schemas/common.schema.json'));
  expect((await run('schemas')).changes).toEqual([
    { action: 'update', path: '.schemas/cluster.schema.json' },
    { action: 'create', path: '.schemas/common.schema.json' },
  ]);
  expect(readFileSync(join(root, '.schemas/cluster.schema.json'), 'utf8')).toBe(schema);
});

describe('what new writes passes check and generate:', () => {
  beforeEach(() => cpSync(BASE, root, { recursive: true }));
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['a cluster of a known provider', ['cluster', 'c3', '--provider', 'provider1'], ['intents/clusters/provider1/c3.yaml']],
    [
      'a cluster with labels and variables',
      [
        'cluster',
        'c3',
        '--provider',
        'provider1',
        '--label',
        'tier=edge',
        '--label',
        'x.y/z=',
        '--variable',
        'ingressDomain=c3.example.net',
        '--variable',
        'n=3',
        '--variable',
        'yes=yes',
      ],
      ['intents/clusters/provider1/c3.yaml'],
    ],
    [
      'a cluster of a new provider',
      ['cluster', 'c1', '--provider', 'other', '--git-url', 'ssh://git@example.com/fleet', '--branch', 'live', '--flux-version', '2.6'],
      ['intents/clusters/other/c1.yaml', 'intents/clusters/other/fleet-git.sync.yaml'],
    ],
    [
      'a cluster of a public repository',
      ['cluster', 'c1', '--provider', 'other', '--git-url', 'https://example.com/fleet', '--no-git-secret', '--sync', 'public'],
      ['intents/clusters/other/c1.yaml', 'intents/clusters/other/public.sync.yaml'],
    ],
    [
      'a cluster whose repository is known elsewhere',
      ['cluster', 'c1', '--provider', 'other'],
      ['intents/clusters/other/c1.yaml', 'intents/clusters/other/fleet-git.sync.yaml'],
    ],
    ['a cluster without an agent', ['cluster', 'c1', '--provider', 'other', '--agent', 'none'], ['intents/clusters/other/c1.yaml']],
    [
      'an app',
      ['app', 'api', '--image', 'ghcr.io/example/api:1.0', '--port', '9898', '--description', 'Says "no": yes # ok'],
      [
        'templates/apps/api/deployment.yaml.hbs',
        'templates/apps/api/kustomization.yaml',
        'templates/apps/api/service.yaml',
        'templates/apps/api/template.yaml',
      ],
    ],
    [
      'an app of an image without a tag',
      ['app', 'api', '--image', 'example.com:5000/api'],
      [
        'templates/apps/api/deployment.yaml.hbs',
        'templates/apps/api/kustomization.yaml',
        'templates/apps/api/service.yaml',
        'templates/apps/api/template.yaml',
      ],
    ],
    ['a logical cloud', ['cloud', 'vision'], ['intents/vision/vision.cloud.yaml']],
    [
      'a logical cloud with everything',
      [
        'cloud',
        'vision',
        '--namespace',
        'lab',
        '--kubernetes-namespace',
        'lab-vision',
        '--label',
        'tier=edge',
        '--cluster',
        'provider1+cluster2',
        '--provider',
        'provider1',
        '--pod-security',
        'baseline',
        '--quota',
        'requests.cpu=4',
        '--quota',
        'limits.memory=8Gi',
      ],
      ['intents/lab/vision.cloud.yaml'],
    ],
    [
      'a deployment by label',
      ['deployment', 'blog', '--cloud', 'retail', '--app', 'blog=web', '--label', 'tier=central'],
      ['intents/retail/blog.yaml'],
    ],
    [
      'a deployment by labels, with a value',
      [
        'deployment',
        'blog',
        '--cloud',
        'retail/retail',
        '--app',
        'blog=web',
        '--label',
        'tier',
        '--value',
        'replicas=3',
        '--value',
        'tag=1.30',
      ],
      ['intents/retail/blog.yaml'],
    ],
    [
      'a deployment of two apps by cluster',
      [
        'deployment',
        'blog',
        '--cloud',
        'retail',
        '--app',
        'a=web',
        '--cluster',
        'cluster2',
        '--cluster',
        'provider1+cluster2',
        '--value',
        'replicas=3',
        '--deployment-version',
        '2',
      ],
      ['intents/retail/blog.yaml'],
    ],
  ];
  test.each(cases)('%s', async (_, argv, paths) => {
    // The app web is there already; it must not be written twice in one namespace.
    rmSync(join(root, 'intents/retail.yaml'));
    write('intents/cloud.yaml', readFileSync(join(BASE, 'intents/retail.yaml'), 'utf8').split('---')[0]!);
    const before = new Set(pathsIn(root));
    const made = await run('new', ...argv);
    expect(made.diagnostics).toEqual([]);
    expect(made.changes.map(({ path }) => path).sort()).toEqual(paths);
    expect(pathsIn(root).filter((path) => !before.has(path))).toEqual(paths);
    expect(await errorsOf('check')).toEqual([]);
    expect((await run('generate')).exitCode).toBe(0);
  });
});

describe('new refuses, in plain words, and writes nothing:', () => {
  beforeEach(() => cpSync(BASE, root, { recursive: true }));
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['cluster'], 'missing-answer: Cannot make a cluster: --provider is not given'],
    [['cluster', '../x', '--provider', 'provider1'], 'bad-answer: Cannot use <name> "../x": a name has lower-case letters'],
    [['cluster', 'a'.repeat(64), '--provider', 'provider1'], 'bad-answer: Cannot use <name>'],
    [['cluster', 'c3', '--provider', '__proto__', '--agent', 'none'], 'bad-answer: Cannot use --provider "__proto__"'],
    [['cluster', 'cluster1', '--provider', 'provider1'], 'name-taken: Cannot make cluster "provider1+cluster1"'],
    [['cluster', 'c3', '--provider', 'provider1', '--label', 'a'], 'bad-answer: Cannot use --label "a": a label is key=value'],
    [['cluster', 'c3', '--provider', 'provider1', '--variable', 'a-b=1'], 'bad-answer: Cannot use --variable'],
    [['cluster', 'c3', '--provider', 'provider1', '--flux-version', '2'], 'bad-answer: Cannot use --flux-version "2"'],
    [['cluster', 'c3', '--provider', 'provider1', '--flux-version', '1.9'], 'agent-too-old'],
    [['cluster', 'c3', '--provider', 'provider1', '--agent', 'fluxx'], 'bad-answer: Cannot use --agent "fluxx"'],
    [['cluster', 'c3', '--provider', 'provider1', '--sync', 'fleet-gti'], 'bad-answer: Cannot use --sync "fleet-gti"'],
    [['cluster', 'c3', '--provider', 'p', '--git-url', 'git@example.com:fleet.git'], 'bad-answer: Cannot use --git-url'],
    [['cluster', 'c3', '--provider', 'p', '--git-url', 'https://me:word@example.com/fleet'], 'bad-answer: Cannot use --git-url'],
    [['cluster', 'c3', '--provider', 'p', '--branch', 'a b'], 'bad-answer: Cannot use --branch "a b"'],
    [
      ['cluster', 'c3', '--provider', 'provider1', '--git-url', 'https://example.com/other'],
      'name-taken: Cannot make sync object "provider1+fleet-git"',
    ],
    [['app', 'web', '--image', 'a:1'], 'name-taken: Cannot make app "web"'],
    [['app', '1a', '--image', 'a:1'], 'bad-answer: Cannot use <name> "1a"'],
    [['app', 'api', '--image', '{{x}}'], 'bad-answer: Cannot use --image'],
    [['app', 'api', '--image', 'a:1', '--port', '0'], 'bad-answer: Cannot use --port "0"'],
    [['app', 'api', '--image', 'a:1', '--value', 'tag'], 'bad-answer: Cannot use --value "tag": it needs --from'],
    [['app', 'api'], 'missing-answer: Cannot make an app: --image is not given'],
    [['cloud', 'retail', '--namespace', 'retail'], 'name-taken: Cannot make logical cloud "retail/retail"'],
    [['cloud', 'kube-system'], 'reserved-namespace'],
    [['cloud', 'other', '--kubernetes-namespace', 'retail'], 'shared-namespace'],
    [['cloud', 'x', '--quota', 'cpu'], 'bad-answer: Cannot use --quota "cpu"'],
    [['deployment', 'shop', '--cloud', 'retail', '--app', 'web', '--everywhere'], 'name-taken: Cannot make deployment "retail/shop"'],
    [['deployment', 'blog', '--cloud', 'retial', '--app', 'web', '--everywhere'], 'bad-answer: Cannot use --cloud "retial"'],
    [['deployment', 'blog', '--app', 'wep', '--everywhere'], 'bad-answer: Cannot use --app "wep"'],
    [
      ['deployment', 'blog', '--app', 'web', '--label', 'teir=edge'],
      'bad-answer: Cannot use --label "teir=edge": no cluster has a label "teir"',
    ],
    [['deployment', 'blog', '--app', 'web', '--label', 'tier=egde'], 'bad-answer: Cannot use --label "tier=egde"'],
    [['deployment', 'blog', '--app', 'web', '--cluster', 'cluster9'], 'bad-answer: Cannot use --cluster "cluster9"'],
    [
      ['deployment', 'blog', '--app', 'web'],
      'missing-answer: Cannot make a deployment: --cluster, --label, --provider or --everywhere is not given',
    ],
    [['deployment', 'blog', '--app', 'web', '--everywhere', '--value', 'replica=3'], 'unknown-value'],
    [['deployment', 'blog', '--app', 'web', '--everywhere', '--value', '__proto__=3'], 'bad-answer: Cannot use --value'],
    [['deployment', 'blog', '--app', 'web', '--everywhere', '--value', 'replicas=many'], 'bad-value'],
    // The same objects in one namespace as the deployment that is there.
    [['deployment', 'blog', '--app', 'web', '--label', 'tier=edge'], 'object-conflict'],
  ];
  test.each(cases)('%j', async (argv, words) => {
    const before = pathsIn(root);
    const { diagnostics, exitCode, changes } = await run('new', ...argv);
    expect(exitCode).toBe(1);
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`).find((said) => said.startsWith(words))).toBeDefined();
    expect(changes).toEqual([]);
    expect(pathsIn(root)).toEqual(before);
  });

  test('a file or a link that is in the way, and folders that differ in case only', async () => {
    const argv = ['new', 'cloud', 'vision'];
    symlinkSync('/nowhere', join(root, 'intents/vision'));
    expect((await run(...argv)).exitCode).toBe(1);
    rmSync(join(root, 'intents/vision'));
    write('intents/vision/vision.cloud.yaml', '# empty\n');
    expect((await errorsOf(...argv))[0]).toContain('file-in-the-way');
    rmSync(join(root, 'intents/vision'), { recursive: true });
    write('intents/Vision/other.yaml', '# empty\n');
    expect((await errorsOf(...argv))[0]).toContain('file-in-the-way: Cannot write "intents/Vision"');
    rmSync(join(root, 'intents/Vision'), { recursive: true });
    symlinkSync(tmpdir(), join(root, 'intents/vision'));
    expect((await run(...argv)).exitCode).toBe(1);
    expect(existsSync(join(tmpdir(), 'vision.cloud.yaml'))).toBe(false);
  });

  test('nothing because of mistakes that were there before', async () => {
    write('intents/broken.yaml', 'apiVersion: espalier.dev/v1alpha1\nkind: LogicalCloud\nmetadata: {name: x, namespace: x}\nspec: {}\n');
    expect((await errorsOf('check')).length).toBe(1);
    expect(await errorsOf('new', 'cloud', 'vision')).toEqual([]);
  });

  test('a secret in an address without repeating it', async () => {
    const text = JSON.stringify(
      await run('new', 'cluster', 'c3', '--provider', 'p', '--git-url', 'https://me:hunter2word@example.com/fleet'),
    );
    expect(text).not.toContain('hunter2word');
  });
});

const hostile = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
  fc.constantFrom(
    '../..',
    'a/b',
    '{{x}}',
    'yes',
    '1',
    '0x1',
    '~',
    'a: b',
    'a\nb: c',
    '- a',
    '#',
    '"',
    "'",
    '__proto__',
    'constructor',
    '\u202e',
    'con',
    'é',
  ),
);

test('whatever new is given, it writes what check accepts, inside intents/ and templates/apps/, or refuses', async () => {
  cpSync(BASE, root, { recursive: true });
  const before = pathsIn(root);
  const argv = fc.oneof(
    fc
      .tuple(hostile, hostile, hostile, hostile)
      .map(([a, b, c, d]) => [
        'cluster',
        `--provider=${b}`,
        `--label=k=${c}`,
        `--variable=v=${d}`,
        `--git-url=https://example.com/${b}`,
        '--',
        a,
      ]),
    fc.tuple(hostile, hostile, hostile).map(([a, b, c]) => ['app', `--image=${b}`, `--description=${c}`, '--', a]),
    fc.tuple(hostile, hostile, hostile).map(([a, b, c]) => ['cloud', `--namespace=${b}`, `--quota=${c}=1`, '--', a]),
    fc
      .tuple(hostile, hostile, hostile)
      .map(([a, b, c]) => ['deployment', '--cloud=retail', `--app=${b}=web`, `--value=host=${c}`, '--label=tier=central', '--', a]),
  );
  await fc.assert(
    fc.asyncProperty(argv, async (given) => {
      const made = await runForReport(root, 'new', ...given);
      if (made.exitCode === 1) {
        expect(made.diagnostics.length).toBeGreaterThan(0);
        expect(pathsIn(root)).toEqual(before);
        return;
      }
      const added = pathsIn(root).filter((path) => !before.includes(path));
      expect(added).toEqual(made.changes.map(({ path }) => path).sort());
      for (const path of added) expect(path).toMatch(/^(?:intents|templates\/apps)\/[a-z0-9][a-z0-9./-]*$/);
      expect(await errorsOf('check')).toEqual([]);
      for (const path of added) rmSync(join(root, path));
      for (const path of ['templates/apps', 'intents', 'intents/clusters']) {
        if (existsSync(join(root, path))) removeEmpty(join(root, path));
      }
    }),
    { numRuns: 60 },
  );
}, 300_000);

function removeEmpty(folder: string): void {
  for (const name of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, name.name);
    if (!name.isDirectory()) continue;
    removeEmpty(path);
    if (readdirSync(path).length === 0) rmSync(path, { recursive: true });
  }
}
