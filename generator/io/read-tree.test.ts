import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blobOid } from '../lib/hash.ts';
import { JSON_MARKER, MARKER, MARKERS } from '../model/file.ts';
import { readTree } from './read-tree.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'espalier-read-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

test('readTree() takes a missing tree for an empty one', async () => {
  const { value, diagnostics } = await readTree(root);
  expect([...value]).toEqual([]);
  expect(diagnostics).toEqual([]);
});

test('readTree() gives ids and marks of all files, sorted, without status', async () => {
  const large = Buffer.alloc(3 * 1024 * 1024 + 7, 'x');
  const marked = `${MARKER}\na: 1\n`;
  put({
    'clusters/p+a/references.yaml': marked,
    'clusters/p+a/large.bin': large,
    'clusters/p+a/empty': '',
    'clusters/p+a/almost.yaml': `${MARKER} Or do.\n`,
    'clusters/decisions/retail.shop/web.yaml': `${MARKER}\n`,
    'clusters/p+a/status/1/app/web/x.yaml': 'status',
    'clusters/status': 'a file of that name is not the monitor’s',
  });
  const { value, diagnostics } = await readTree(root);
  expect(diagnostics).toEqual([]);
  expect([...value.values()].map(({ path, isMarked }) => `${path} ${isMarked}`)).toEqual([
    'clusters/decisions/retail.shop/web.yaml true',
    'clusters/p+a/almost.yaml false',
    'clusters/p+a/empty false',
    'clusters/p+a/large.bin false',
    'clusters/p+a/references.yaml true',
    'clusters/status false',
  ]);
  const oids = new Map([...value.values()].map(({ path, oid }) => [path as string, oid]));
  expect(oids.get('clusters/p+a/large.bin')).toBe(blobOid(large));
  expect(oids.get('clusters/p+a/references.yaml')).toBe(blobOid(Buffer.from(marked)));
  // Git's well-known id of the empty file.
  expect(oids.get('clusters/p+a/empty')).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
});

test.each([
  ['the tree', 'clusters'],
  ['a cluster', 'clusters/p+a'],
  ['a file', 'clusters/p+a/references.yaml'],
])('readTree() takes a symbolic link in place of %s for an error', async (_name, link) => {
  mkdirSync(dirname(join(root, link)), { recursive: true });
  symlinkSync('/etc', join(root, link));
  const { value, diagnostics } = await readTree(root);
  expect(value.size).toBe(0);
  expect(diagnostics).toMatchObject([
    { code: 'symlink', severity: 'error', message: `Cannot read "${link}": it is a symbolic link`, reach: { kind: 'run' } },
  ]);
});

test('readTree() neither waits for a pipe nor passes it over', async () => {
  mkdirSync(join(root, 'clusters'));
  spawnSync('mkfifo', [join(root, 'clusters/pipe')]);
  const { diagnostics } = await readTree(root);
  expect(diagnostics.map(({ message }) => message)).toEqual(['Cannot read "clusters/pipe": it is not an ordinary file']);
});

test('readTree() takes a file in place of the tree for an error', async () => {
  put({ clusters: 'x' });
  expect((await readTree(root)).diagnostics.map(({ message }) => message)).toEqual(['Cannot read "clusters": it is not a folder']);
});

test.each(MARKERS)('readTree() knows a file of ours by its first line: %s', async (marker) => {
  put({ 'clusters/p+a/ours': `${marker}\r\nmore\n`, 'clusters/p+a/theirs': ` ${marker}\nmore\n` });
  const { value } = await readTree(root);
  expect([...value.values()].map(({ path, isMarked }) => [path, isMarked])).toEqual([
    ['clusters/p+a/ours', true],
    ['clusters/p+a/theirs', false],
  ]);
});

test("JSON's marker begins an object", () => {
  expect(JSON.parse(`${JSON_MARKER}\n"a": 1 }`)).toMatchObject({ a: 1 });
});
