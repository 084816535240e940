import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBuildCache } from './build-cache.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'espalier-cache-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function entryFiles(): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('createBuildCache() gives back what was written, also to another instance, and overwrites', async () => {
  const key = '../key\n"with" anything/\0';
  await createBuildCache(dir).write(key, 'one');
  await createBuildCache(dir).write(key, 'zwei\nÄ €\n');
  expect(await createBuildCache(dir).read(key)).toBe('zwei\nÄ €\n');
  expect(await createBuildCache(dir).read('other')).toBeUndefined();
  expect(await entryFiles()).toHaveLength(1);
});

test('createBuildCache() keeps the empty text apart from no entry', async () => {
  const cache = createBuildCache(dir);
  await cache.write('key', '');
  expect(await cache.read('key')).toBe('');
});

test.each([
  ['truncated', (text: string) => text.slice(0, -1)],
  ['emptied', () => ''],
  ['cut before its first line ends', (text: string) => text.slice(0, 20)],
  ['changed in one letter', (text: string) => text.replace('value', 'valuf')],
  ['lengthened', (text: string) => `${text}x`],
  ['of another format', (text: string) => text.replace('espalier-build-1', 'espalier-build-0')],
])('createBuildCache() reads a %s entry as absent', async (_, damage) => {
  const cache = createBuildCache(dir);
  await cache.write('key', 'value');
  const [file] = await entryFiles();
  await writeFile(file!, damage(await readFile(file!, 'utf8')));
  expect(await cache.read('key')).toBeUndefined();
});

test('createBuildCache() does not take an entry for that of another key', async () => {
  const cache = createBuildCache(dir);
  await cache.write('a', 'of a');
  const [ofA] = await entryFiles();
  await cache.write('b', 'of b');
  const ofB = (await entryFiles()).find((file) => file !== ofA);
  await writeFile(ofB!, await readFile(ofA!));
  expect(await cache.read('b')).toBeUndefined();
});

test('createBuildCache() survives many writers of one entry', async () => {
  const caches = [createBuildCache(dir), createBuildCache(dir)];
  const value = 'x'.repeat(100_000);
  await Promise.all(Array.from({ length: 20 }, (_, index) => caches[index % 2]!.write('key', value)));
  expect(await createBuildCache(dir).read('key')).toBe(value);
});

test('createBuildCache() tolerates folders that it cannot use', async () => {
  const file = join(dir, 'file');
  await writeFile(file, '');
  const missing = createBuildCache(join(file, 'below'));
  await missing.write('key', 'value');
  expect(await missing.read('key')).toBeUndefined();

  const cache = createBuildCache(dir);
  await cache.write('key', 'value');
  await chmod(dir, 0o500);
  await cache.write('other', 'value');
  expect(await cache.read('key')).toBe('value');
  await chmod(dir, 0o700);
});
