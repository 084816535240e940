import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageLock from '../../package-lock.json' with { type: 'json' };
import packageJson from '../../package.json' with { type: 'json' };
import { createWasmKustomizer } from '../../generator/io/kustomize/wasm.ts';
import { changeSections } from './changelog.ts';
import { REPOSITORY } from './npm-pack.ts';

const { version } = packageJson;

test('package.json alone states the version', () => {
  expect(packageLock.version).toBe(version);
  expect(packageLock.packages[''].version).toBe(version);
  const files = ['generator', 'scripts', 'engine', 'api', '.ci'].flatMap((folder) => textsIn(folder)).concat('Containerfile');
  expect(files.length).toBeGreaterThan(100);
  const stating = files.filter((path) => new RegExp(`(?<![\\d.])${version.replaceAll('.', '\\.')}(?![\\d.])`).test(read(path)));
  expect(stating).toEqual([]);
});

test("the changelog's newest section is that of package.json's version", () => {
  const [newest, ...older] = changeSections();
  expect(newest?.version).toBe(version);
  // Only the newest may still be unreleased, and none stands twice.
  expect(older.filter(({ released }) => !released)).toEqual([]);
  expect(new Set(older.map((section) => section.version)).size).toBe(older.length);
  expect(older.map((section) => section.version)).not.toContain(version);
});

test("kustomize's version is the one that engine/build.sh states", () => {
  const stated = /provenance\.version=kustomize\/v(\S+?)'/.exec(read('engine/build.sh'))?.[1] ?? '';
  expect(stated).toMatch(/^\d+\.\d+\.\d+$/);
  expect(createWasmKustomizer().version).toContain(`kustomize ${stated} wasm `);
});

function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), 'utf8');
}

/** Files that a version could stand in: tests may name any. */
function textsIn(folder: string): readonly string[] {
  const entries = readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /(\.(ts|mjs|js|go|sh|json)|run)$/.test(entry.name));
  return files.map((entry) => join(entry.parentPath, entry.name).slice(REPOSITORY.length)).filter((path) => !path.includes('.test.'));
}
