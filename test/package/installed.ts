// The package as users get it: packed, installed with npm into an empty folder, and run there. Versions come from npm's cache where it has them.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { npmPack, type Packed, REPOSITORY } from './npm-pack.ts';

const NPM_SETTINGS = ['--prefer-offline', '--no-audit', '--no-fund'];

const top = realpathSync(mkdtempSync(join(tmpdir(), 'espalier-package-')));
const user = join(top, 'user');
const own = { home: join(top, 'home'), temporary: join(top, 'temporary') };
let packed: Packed;
let installed: ReadonlyMap<string, string>;

beforeAll(async () => {
  for (const folder of [user, own.home, own.temporary]) mkdirSync(folder);
  packed = await npmPack('--pack-destination', top);
  await execa('npm', ['init', '--yes'], { cwd: user });
  await execa('npm', ['install', ...NPM_SETTINGS, join(top, packed.filename)], { cwd: user });
  installed = listing(join(user, 'node_modules'));
  console.log(`${packed.filename}: ${packed.size} bytes, ${packed.unpackedSize} unpacked, ${installed.size} files with its dependencies`);
});

afterAll(() => rmSync(top, { recursive: true, force: true }));

test('what is installed is what was packed: nothing was built or fetched by a script', () => {
  const files = [...listing(join(user, 'node_modules/espalier')).keys()].filter((path) => !path.startsWith('node_modules/'));
  expect(files.sort()).toEqual(packed.files.map(({ path }) => path).sort());
  expect(readdirSync(join(user, 'node_modules')).filter((name) => name in packageJson.devDependencies)).toEqual([]);
});

test('npx finds the program', async () => {
  const { stdout } = await execa('npx', ['--no-install', 'espalier', '--version'], { cwd: user });
  expect(stdout).toBe(packageJson.version);
});

describe('in a folder of its own', () => {
  test('init sets up a repository that has no mistakes', async () => {
    const folder = join(top, 'new');
    await espalier(['init', '--root', folder]);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['intents', 'templates', '.schemas']));
    const editor = readFileSync(join(folder, '.vscode/settings.json'), 'utf8');
    for (const [, path = ''] of editor.matchAll(/"\.\/([^"]+\.schema\.json)"/g)) expect(statSync(join(folder, path)).isFile()).toBe(true);
    expect(await espalier(['schemas', '--root', folder])).toMatchObject({ stdout: 'The schemas are of this version already.' });
    await espalier(['new', 'cluster', 'first', '--provider', 'here', '--agent', 'none', '--root', folder]);
    const { stdout } = await espalier(['check', '--root', folder]);
    expect(stdout).toContain('no errors');
  });

  test('generate gives the committed bytes of the example fleet, and writes nothing else', async () => {
    const fleet = join(top, 'fleet');
    for (const folder of ['intents', 'templates']) cpSync(join(REPOSITORY, folder), join(fleet, folder), { recursive: true });
    const before = { intents: contents(join(fleet, 'intents')), templates: contents(join(fleet, 'templates')) };
    await espalier(['generate', '--root', fleet]);
    const committed = contents(join(REPOSITORY, 'clusters'));
    expect(committed.size).toBeGreaterThan(100);
    expect(differences(contents(join(fleet, 'clusters')), committed)).toEqual([]);
    expect({ intents: contents(join(fleet, 'intents')), templates: contents(join(fleet, 'templates')) }).toEqual(before);
    expect(readdirSync(fleet).sort()).toEqual(['.sops.yaml', 'clusters', 'intents', 'templates']);
  });

  // After all others.
  test('nothing was written outside but the cache', () => {
    expect(readdirSync(own.temporary)).toEqual([]);
    expect(readdirSync(own.home)).toEqual(['.cache']);
    expect(readdirSync(join(own.home, '.cache'))).toEqual(['espalier']);
    expect(listing(join(user, 'node_modules'))).toEqual(installed);
  });
});

test('a clone without development dependencies runs what was built elsewhere', async () => {
  const clone = join(top, 'clone');
  for (const path of ['package.json', 'package-lock.json', '.npmrc', 'scripts', 'dist', 'api', 'engine'])
    cpSync(join(REPOSITORY, path), join(clone, path), { recursive: true });
  await execa('npm', ['ci', '--omit=dev', ...NPM_SETTINGS], { cwd: clone });
  expect(readdirSync(join(clone, 'node_modules')).filter((name) => name in packageJson.devDependencies)).toEqual([]);
  const { stdout } = await espalier(['check', '--no-cache', '--root', join(REPOSITORY, 'test/diagnostics/_base')], {
    program: join(clone, 'dist/main.js'),
  });
  expect(stdout).toContain('no errors');
});

/** Runs the installed program as a user without settings would, in folders that only it writes to. */
async function espalier(
  args: readonly string[],
  { program = join(user, 'node_modules/.bin/espalier') }: { readonly program?: string } = {},
): Promise<{ readonly stdout: string }> {
  const env = { PATH: process.env['PATH'], HOME: own.home, TMPDIR: own.temporary, CI: 'true' };
  return await execa(process.execPath, [program, ...args], { cwd: top, env, extendEnv: false });
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

/** Paths with size and time of the last change. */
function listing(folder: string): ReadonlyMap<string, string> {
  return new Map(
    filesIn(folder).map((path) => {
      const { size, mtimeMs } = statSync(join(folder, path));
      return [path, `${size} ${mtimeMs}`];
    }),
  );
}

function contents(folder: string): ReadonlyMap<string, string> {
  return new Map(filesIn(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Paths that are in one only, or differ. */
function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
}
