import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CommittedFile, MARKER, type Oid } from '../model/file.ts';
import type { FileStamp } from '../model/ports.ts';
import type { RepoPath } from '../model/source.ts';
import { readTree } from './read-tree.ts';
import { createTreeIndex } from './tree-index.ts';

let root = '';
let cache = '';
const PATH = 'clusters/p+c/kustomization.yaml' as RepoPath;
const LATER = 1_000_000;
/** What was written just now counts as old. */
const later = () => Date.now() + LATER;
const file: CommittedFile = { path: PATH, oid: 'a'.repeat(40) as Oid, isMarked: true };
const stamp: FileStamp = { size: 7, ino: 12, mtimeMs: 1000.25, ctimeMs: 2000.5 };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'espalier-tree-'));
  cache = join(root, 'cache');
  mkdirSync(join(root, 'clusters/p+c'), { recursive: true });
  write('resources: [a]');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(text: string): void {
  writeFileSync(join(root, PATH), `${MARKER}\n${text}\n`);
}

async function oids(index = createTreeIndex(cache, { now: later })): Promise<readonly string[]> {
  const { value, diagnostics } = await readTree(root, index);
  expect(diagnostics).toEqual([]);
  return [...value.values()].map(({ oid }) => oid);
}

function remember(): void {
  const open = createTreeIndex(cache).open(root);
  open.note(file, stamp);
  open.close();
}

test('what one run noted the next one finds', () => {
  remember();
  expect(createTreeIndex(cache).open(root).find(PATH, stamp)).toEqual(file);
});

test.each<[string, Partial<FileStamp>]>([
  ['size', { size: 8 }],
  ['inode', { ino: 13 }],
  ['time of writing', { mtimeMs: 1000.5 }],
  ['time of change', { ctimeMs: 2000.75 }],
])('a file with another %s is read again', (_, other) => {
  remember();
  expect(
    createTreeIndex(cache)
      .open(root)
      .find(PATH, { ...stamp, ...other }),
  ).toBeUndefined();
});

test('another root has an index of its own', () => {
  remember();
  expect(createTreeIndex(cache).open(cache).find(PATH, stamp)).toBeUndefined();
});

test('an edit of the same length that sets back the time of writing is seen', async () => {
  const before = await oids();
  expect(await oids()).toEqual(before);
  const time = new Date('2020-01-01T00:00:00Z');
  utimesSync(join(root, PATH), time, time);
  const old = await oids();
  write('resources: [b]');
  utimesSync(join(root, PATH), time, time);
  const edited = await oids();
  expect(old).toEqual(before);
  expect(edited).not.toEqual(before);
  expect(edited).toEqual([...(await readTree(root)).value.values()].map(({ oid }) => oid));
});

test('a file that was written a moment before it was read is not remembered', async () => {
  await oids(createTreeIndex(cache));
  expect(() => readdirSync(cache)).toThrow();
});

test('a damaged index reads as none', async () => {
  const before = await oids();
  const [name = ''] = readdirSync(cache);
  const place = join(cache, name);
  const text = readFileSync(place, 'utf8');
  writeFileSync(place, text.replace(/\+[0-9a-f]{40}/, `+${'0'.repeat(40)}`));
  expect(readFileSync(place, 'utf8')).not.toBe(text);
  expect(await oids()).toEqual(before);
});

test('a file that is gone is forgotten', async () => {
  await oids();
  rmSync(join(root, PATH));
  expect(await oids()).toEqual([]);
  const [name = ''] = readdirSync(cache);
  expect(readFileSync(join(cache, name), 'utf8')).not.toContain(PATH);
});
