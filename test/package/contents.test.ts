import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { npmPack, REPOSITORY } from './npm-pack.ts';

// What a user needs: the program, its engine with the licences of what it contains, the schemas for editors, and what there is to read.
const WANTED: readonly RegExp[] = [
  /^(package\.json|LICENSE|README\.md|CHANGELOG\.md)$/,
  /^api\/(v1alpha1\/[a-z-]+|json-output)\.schema\.json$/,
  /^engine\/(kustomize\.wasm\.(br|sha256)|THIRD_PARTY_LICENSES\.txt)$/,
  /^dist\/([a-zA-Z0-9.-]+\/)*[a-z0-9.-]+\.js$/,
];
const LARGEST = 6_000_000;

const packed = await npmPack('--dry-run');
const paths = new Set(packed.files.map(({ path }) => path));

/** Sources of the program, without tests, relative to generator/. */
const sources = readdirSync(join(REPOSITORY, 'generator'), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.endsWith('.test.ts'));

test('the package holds what a user needs and nothing else', () => {
  expect([...paths].filter((path) => !WANTED.some((pattern) => pattern.test(path)))).toEqual([]);
  for (const pattern of WANTED)
    expect(
      [...paths].some((path) => pattern.test(path)),
      String(pattern),
    ).toBe(true);
  expect(packed.size).toBeLessThan(LARGEST);
});

test('dist/ is what the sources compile to: no tests, no source maps, nothing left over', () => {
  const compiled = sources.map((path) => `dist/${path.replace(/\.ts$/, '.js')}`);
  expect([...paths].filter((path) => path.startsWith('dist/')).sort()).toEqual(compiled.sort());
});

test('every file that the program reads of its own package is inside', () => {
  const read = sources.flatMap((path) => ownFiles(path, readFileSync(join(REPOSITORY, 'generator', path), 'utf8')));
  expect(read).toContain('package.json');
  expect(read).toContain('engine/');
  const isInside = (path: string): boolean => paths.has(path) || (path.endsWith('/') && [...paths].some((each) => each.startsWith(path)));
  expect(read.filter((path) => !isInside(path))).toEqual([]);
});

test('installing the package runs nothing, and says which Node it needs', () => {
  expect(Object.keys(packageJson.scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  expect(packageJson.engines.node).toBe('>=20.19');
  expect(paths).toContain(packageJson.bin.espalier);
});

test('dependencies are exact, so that everybody gets the bytes that were tried', () => {
  expect(Object.entries(packageJson.dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('the container file copies all of the package, and only what .dockerignore lets in', () => {
  const lines = readFileSync(join(REPOSITORY, 'Containerfile'), 'utf8').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  const copied = last.filter((line) => line.startsWith('COPY ')).flatMap((line) => line.split(' ').slice(2, -1));
  const wanted = [...packageJson.files, 'package.json', 'LICENSE', 'README.md', 'node_modules'];
  expect(copied.sort()).toEqual(wanted.map((path) => `/build/${path}`).sort());
  const allowed = readFileSync(join(REPOSITORY, '.dockerignore'), 'utf8').split('\n');
  expect(allowed).toContain('*');
  const made = new Set(['dist', 'node_modules']);
  for (const path of wanted.filter((each) => !made.has(each))) expect(allowed).toContain(`!${path}`);
});

/** What `new URL('…', import.meta.url)` names, seen from the compiled file, relative to the package. */
function ownFiles(source: string, text: string): readonly string[] {
  const named = [...text.matchAll(/new URL\(\s*(['"`])(.*?)\1\s*,\s*import\.meta\.url/g)].map((match) => match[2] ?? '');
  return named.map((name) => posix.join('dist', posix.dirname(source), name.replace('${extension}', '.js')));
}
