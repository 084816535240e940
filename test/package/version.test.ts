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

test("the changelog's newest section is that of package.json's version, below what is unreleased", () => {
  const versions = changeSections().map((section) => section.version);
  const released = versions.filter((each) => each !== undefined);
  // Before the first release there is only what is unreleased.
  expect(released[0] ?? version).toBe(version);
  expect(versions.indexOf(undefined)).toBeLessThanOrEqual(0);
  expect(versions.filter((each) => each === undefined).length).toBeLessThanOrEqual(1);
  expect(new Set(released).size).toBe(released.length);
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
