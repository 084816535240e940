import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test as always } from 'vitest';
import type { FolderWatch } from '../model/ports.ts';
import { createFolderWatch, type Obstacle } from './folder-watch.ts';

const test = always.skipIf(process.platform !== 'linux');

let root: string;
let watch: FolderWatch;
let told: string[];
let obstacles: Obstacle[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'espalier-folders-'));
  for (const name of ['a', 'a/b', 'c']) mkdirSync(join(root, name));
  told = [];
  obstacles = [];
  const made = createFolderWatch({
    onChange: (folder) => void told.push(folder),
    onObstacle: (obstacle) => void obstacles.push(obstacle),
    isIgnored: (_, name) => name === 'ignored',
  });
  if (!made && process.platform === 'linux') throw new Error('no watch');
  if (made) watch = made;
});

afterEach(() => {
  watch.close();
  rmSync(root, { recursive: true, force: true });
});

/** The folders, as written below the root. */
async function taken(): Promise<readonly string[] | 'unknown'> {
  const folders = await watch.take();
  return folders === 'unknown' ? folders : [...folders].map((folder) => folder.slice(root.length + 1)).sort();
}

function add(...names: readonly string[]): void {
  for (const name of names) watch.add(join(root, name));
}

test('take() tells what changed since it was asked last', async () => {
  add('a', 'c');
  expect(await taken()).toEqual([]);
  writeFileSync(join(root, 'a/file'), '1');
  expect(await taken()).toEqual(['a']);
  expect(await taken()).toEqual([]);
  unlinkSync(join(root, 'a/file'));
  writeFileSync(join(root, 'c/file'), '1');
  expect(await taken()).toEqual(['a', 'c']);
  expect([...new Set(told)].map((folder) => folder.slice(root.length + 1)).sort()).toEqual(['a', 'c']);
});

test.each(['at once', 'in a turn of timers', 'in a turn of reading', 'in a turn of immediates'])(
  'take() tells all that another process did before, asked %s',
  async (when) => {
    add('a', 'c');
    await taken();
    const writing = `const fs = require('node:fs'); for (let i = 0; i < 40; i++) fs.writeFileSync(${JSON.stringify(join(root, 'a/file'))}, 'x'.repeat(i));`;
    const { stat } = await import('node:fs/promises');
    for (let trial = 0; trial < 10; trial++) {
      if (when === 'in a turn of timers') await new Promise((resolve) => setTimeout(resolve, 0));
      if (when === 'in a turn of reading') await stat(root);
      if (when === 'in a turn of immediates') await new Promise((resolve) => setImmediate(resolve));
      spawnSync(process.execPath, ['-e', writing]);
      writeFileSync(join(root, 'c/file'), `${trial}`);
      expect(await taken()).toEqual(['a', 'c']);
    }
  },
);

test('take() tells of folders that were removed, renamed or replaced', async () => {
  add('a', 'a/b', 'c');
  await taken();
  renameSync(join(root, 'a'), join(root, 'away'));
  expect(await taken()).toContain('a');
  mkdirSync(join(root, 'a'));
  add('a');
  await taken();
  writeFileSync(join(root, 'away/b/file'), '1');
  // It is what was watched, wherever it is now.
  expect(await taken()).toEqual(['a/b']);
  writeFileSync(join(root, 'a/file'), '1');
  expect(await taken()).toEqual(['a']);
  rmSync(join(root, 'c'), { recursive: true });
  expect(await taken()).toEqual(['c']);
});

test('take() tells nothing of folders that were dropped, and of ignored names', async () => {
  add('a', 'c');
  await taken();
  watch.drop(join(root, 'a'));
  await taken();
  writeFileSync(join(root, 'a/file'), '1');
  writeFileSync(join(root, 'c/ignored'), '1');
  expect(await taken()).toEqual([]);
});

test('a folder that is not there is looked at again', async () => {
  add('a/missing');
  expect(await taken()).toEqual(['a/missing']);
  mkdirSync(join(root, 'a/missing'));
  add('a/missing');
  await taken();
  writeFileSync(join(root, 'a/missing/file'), '1');
  expect(await taken()).toEqual(['a/missing']);
});

test('take() does not know after more events than the system keeps, and then nothing is watched', async () => {
  add('a', 'c');
  await taken();
  for (let file = 0; file < 9000; file++) writeFileSync(join(root, `a/${file % 50}`), '');
  writeFileSync(join(root, 'c/file'), '1');
  expect(await taken()).toBe('unknown');
  writeFileSync(join(root, 'c/file'), '2');
  expect(await taken()).toEqual([]);
  add('c');
  writeFileSync(join(root, 'c/file'), '3');
  expect(await taken()).toEqual(['c']);
});

test('events of folders that were dropped count: they fill the queue as well', async () => {
  add('a', 'c');
  await taken();
  for (let file = 0; file < 9000; file++) writeFileSync(join(root, `a/${file % 50}`), '');
  watch.drop(join(root, 'a'));
  expect(await taken()).toBe('unknown');
});

test('what one watch loses, another one of the process loses too', async () => {
  const other = createFolderWatch({ onChange: () => undefined, onObstacle: () => undefined });
  other?.add(join(root, 'c'));
  add('a');
  await taken();
  for (let file = 0; file < 9000; file++) writeFileSync(join(root, `a/${file % 50}`), '');
  expect(await taken()).toBe('unknown');
  expect(await other?.take()).toBe('unknown');
  other?.close();
});

test('a disk that does not tell of changes is not watched', async () => {
  watch.add('/proc/self');
  expect(obstacles).toEqual([{ kind: 'disk' }]);
  add('a');
  expect(await taken()).toBe('unknown');
  expect(await taken()).toBe('unknown');
  expect(obstacles).toHaveLength(1);
});
