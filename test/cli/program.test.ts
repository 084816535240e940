import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { createFleet, type Fleet } from './espalier.ts';

let fleet: Fleet;

beforeEach(() => {
  fleet = createFleet();
});

afterEach(() => fleet.remove());

test('--version and --help end well', async () => {
  expect(await fleet.run('--version')).toEqual({ exitCode: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  const help = await fleet.run('generate', '--help');
  expect(help.exitCode).toBe(0);
  for (const option of [
    '--root',
    '--dry-run',
    '--diff',
    '--check',
    '--watch',
    '--only',
    '--isolate',
    '--bind',
    '--no-cache',
    '--kustomize',
    '--json',
    '--no-color',
  ])
    expect(help.stdout).toContain(option);
  expect(help.stdout).toContain('espalier generate --dry-run --diff');
});

test.each([
  [['generat'], 'Did you mean generate?'],
  [['generate', '--dri-run'], 'Did you mean --dry-run?'],
  [['generate', '--bind', 'never'], 'Allowed choices are late, early'],
  [['generate', '--watch', '--check'], 'cannot be used with option'],
  [['generate', 'surplus'], 'too many arguments'],
])('wrong arguments %j end with 1', async (args, words) => {
  const { exitCode, stderr, stdout } = await fleet.run(...args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(words);
  expect(stdout).toBe('');
});

test.each([
  [['generate', '--dri-run', '--json'], 'unknown option "--dri-run"', 'Did you mean --dry-run?'],
  [['--json', 'generate', '--watch'], 'option "--watch" cannot be used with option "--json"', 'See espalier generate --help'],
  [['flux', 'vendor', 'surplus', '--json'], 'too many arguments for "vendor"', 'See espalier flux vendor --help'],
  [['flux', 'vendor', '--json'], 'flux vendor needs --version', 'such as --version 2.9.4; the intents ask for 2.9'],
  [
    ['chart', 'vendor', 'oci://example.net/charts', 'web', '--json'],
    'chart vendor needs --version',
    'helm show chart oci://example.net/charts/web',
  ],
  [['new', '--json'], 'it names no command', 'See espalier new --help'],
])('wrong arguments %j are told as JSON', async (args, problem, hint) => {
  const { exitCode, stderr, stdout } = await fleet.run(...args);
  expect([exitCode, stderr]).toEqual([1, '']);
  const schema: unknown = JSON.parse(readFileSync(new URL('../../api/json-output.schema.json', import.meta.url), 'utf8'));
  expect(new Ajv({ strict: true, allowUnionTypes: true }).validate(schema as object, JSON.parse(stdout))).toBe(true);
  const [finding] = (JSON.parse(stdout) as { readonly diagnostics: readonly Record<string, string>[] }).diagnostics;
  expect(finding).toMatchObject({ code: 'bad-arguments', message: expect.stringContaining(problem) as string });
  expect(finding?.['hint']).toContain(hint);
});

test('arguments after -- are no options', async () => {
  expect(await fleet.run('explain', '--surplus', '--', '--json')).toMatchObject({
    stdout: '',
    stderr: expect.stringContaining('error bad-arguments') as string,
  });
});

test.each([
  [['generate']],
  [['check']],
  [['new', 'cloud', 'shop']],
  [['flux', 'vendor', '--version', '2.9.4', '--from', 'install.yaml']],
  [['chart', 'vendor', 'oci://example.net/charts', 'web', '--version', '1.2.3']],
])('outside of a fleet, %j names init and writes nothing', async (args) => {
  mkdirSync(join(fleet.root, 'elsewhere'));
  const before = readdirSync(fleet.root, { recursive: true });
  const { exitCode, stderr } = await fleet.run(...args, '--root', 'elsewhere');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/error not-a-fleet: .*\n.*espalier init <folder> sets up a new one\n/);
  expect(stderr).toContain('\n1 error\n');
  expect(readdirSync(fleet.root, { recursive: true })).toEqual(before);
});

test.each([
  ['before', ['--root', 'no/fleet', '--json', '--no-color', 'check']],
  ['after', ['check', '--root', 'no/fleet', '--json', '--no-color']],
])('the shared options may stand %s the command', async (_where, args) => {
  const { stdout, stderr } = await fleet.run(...args);
  expect((JSON.parse(stdout) as { readonly diagnostics: readonly unknown[] }).diagnostics).toMatchObject([{ code: 'not-a-fleet' }]);
  expect(stderr).toBe('');
});

test.each(['check', 'generate'])('%s tells a mistyped --only before anything is rendered', async (command) => {
  writeFileSync(join(fleet.root, 'templates/apps/web/kustomization.yaml'), 'resources: [nowhere.yaml]\n');
  const { exitCode, stdout, stderr } = await fleet.run(command, '--only', 'retail/shopp');
  expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/^(?:nothing written|checked): 1 error,/)]);
  expect(stderr).toContain('Did you mean "retail/shop"?');
  // In CI, rendering says that it began.
  expect(stderr).not.toContain('render');
});

test('check --only tells what concerns what is named, and that there is more', async () => {
  fleet.edit('intents/retail.yaml', { from: 'template: web', to: 'template: wep' });
  const cluster = await fleet.run('check', '--only', 'cluster2');
  expect(cluster).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 error elsewhere') as string });
  expect((await fleet.run('check', '--only', 'shop')).stderr).toContain('error unknown-template');
});

test('a kustomize that is not there is the user’s mistake', async () => {
  const { exitCode, stderr } = await fleet.run('generate', '--kustomize', './nowhere');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('error kustomize-not-found');
});

test('colours come where they are wanted', async () => {
  const colourful = createFleet({ preload: "process.env.FORCE_COLOR = '1'" });
  colourful.edit('intents/retail.yaml', { from: 'template: web', to: 'template: wep' });
  fleet.edit('intents/retail.yaml', { from: 'template: web', to: 'template: wep' });
  expect((await colourful.run('check')).stderr).toContain('\u001b[31merror\u001b[39m');
  expect((await colourful.run('check', '--no-color')).stderr).not.toContain('\u001b');
  expect((await fleet.run('check')).stderr).not.toContain('\u001b');
  colourful.remove();
});

describe('a signal', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s during a run leaves all or nothing', async (signal) => {
    const before = fleet.tree();
    const { child, says, ended } = fleet.start('generate');
    // In CI the first thing that is said is that rendering began.
    await says('render');
    child.kill(signal);
    const { exitCode } = await ended;
    const after = fleet.tree();
    // It may come too late; then everything was written.
    if (exitCode === 0) expect(after.size).toBeGreaterThan(before.size);
    else {
      expect(exitCode).toBe(130);
      expect([before.size, before.size + 29]).toContain(after.size);
    }
    expect([...after.keys()].filter((path) => !path.startsWith('clusters/'))).toEqual([]);
  });
});

test('--watch runs again after an edit, survives mistakes, and ends cleanly', async () => {
  const { child, says, ended } = fleet.start('generate', '--watch', '--diff');
  await says('created 29, updated 0');
  await says('watching');
  fleet.edit('intents/retail.yaml', { from: 'replicas: 2', to: 'replicas: 3' });
  await says('spec.replicas: 2 → 3');
  await says('watching');
  fleet.edit('intents/retail.yaml', { from: 'template: web', to: 'template: wep' });
  await says('error unknown-template');
  await says('watching');
  fleet.edit('intents/retail.yaml', { from: 'template: wep', to: 'template: web' });
  await says('unchanged 29');
  await says('watching');
  mkdirSync(join(fleet.root, 'intents/more'));
  writeFileSync(join(fleet.root, 'intents/more/broken.yaml'), '{');
  await says('error not-yaml');
  await says('watching');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ exitCode: 0 });
});

test('our own failure ends with 2 and a short banner, and writes nothing', async () => {
  const broken = createFleet({ preload: 'delete globalThis.TextEncoder' });
  const before = broken.tree();
  const { exitCode, stdout, stderr } = await broken.run('generate');
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('espalier: this is a bug in Espalier: "TextEncoder is not');
  expect(stderr).not.toContain('    at ');
  expect(broken.tree()).toEqual(before);
  broken.remove();
});
