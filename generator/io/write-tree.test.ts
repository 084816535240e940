import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { blobOid } from '../lib/hash.ts';
import { repoPath } from '../lib/path.ts';
import type { Change } from '../model/change.ts';
import { HERE } from '../model/file.ts';
import { writeTree } from './write-tree.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'espalier-write-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Everything below the root, folders that are empty included. */
function found(): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
    return entry.isDirectory() && readdirSync(path).length === 0 ? [`${path.slice(root.length + 1)}/`, ''] : [];
  });
  return Object.fromEntries(entries.filter((entry) => entry.length > 0)) as Record<string, string>;
}

interface Texts {
  readonly before?: string;
  readonly after?: string;
}

function change(path: string, { before, after }: Texts): Change {
  return {
    target: HERE,
    owner: { kind: 'cluster', cluster: 'p+a' },
    path: repoPath(path),
    ...(before !== undefined && { before: blobOid(Buffer.from(before)) }),
    ...(after !== undefined && { after: Buffer.from(after) }),
  };
}

test('writeTree() creates, updates and deletes, and removes what became empty', async () => {
  put({
    'clusters/p+a/b.yaml': 'old',
    'clusters/p+a/gone/deep/c.yaml': 'c',
    'clusters/p+a/kept/d.yaml': 'd',
    'clusters/p+a/kept/e.yaml': 'e',
  });
  const changes = [
    change('clusters/p+a/new/deep/a.yaml', { after: 'a' }),
    change('clusters/p+a/b.yaml', { before: 'old', after: 'new' }),
    change('clusters/p+a/gone/deep/c.yaml', { before: 'c' }),
    change('clusters/p+a/kept/d.yaml', { before: 'd' }),
  ];
  expect(await writeTree(root, changes)).toEqual({ value: 'written', diagnostics: [] });
  expect(found()).toEqual({ 'clusters/p+a/new/deep/a.yaml': 'a', 'clusters/p+a/b.yaml': 'new', 'clusters/p+a/kept/e.yaml': 'e' });
});

describe('writeTree() writes nothing', () => {
  const good = change('clusters/p+a/good.yaml', { after: 'good' });

  test.each<readonly [string, Texts, Readonly<Record<string, string>>]>([
    ['a file that is to be updated changed', { before: 'old', after: 'new' }, { 'clusters/p+a/x.yaml': 'edited' }],
    ['a file that is to be updated went', { before: 'old', after: 'new' }, {}],
    ['a file that is to be created is there', { after: 'new' }, { 'clusters/p+a/x.yaml': 'edited' }],
    ['a file that is to be deleted changed', { before: 'old' }, { 'clusters/p+a/x.yaml': 'edited' }],
  ])('when %s', async (_name, texts, there) => {
    put(there);
    const { value, diagnostics } = await writeTree(root, [good, change('clusters/p+a/x.yaml', texts)]);
    expect(value).toBe('refused');
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'tree-changed: Cannot write "clusters/p+a/x.yaml": it changed during the run',
    ]);
    expect(found()).toEqual(there);
  });

  test.each([
    ['the tree', 'clusters', '"clusters" is a symbolic link'],
    ['a cluster', 'clusters/p+a', '"clusters/p+a" is a symbolic link'],
    ['a deeper folder', 'clusters/p+a/references', '"clusters/p+a/references" is a symbolic link'],
  ])('through a symbolic link in place of %s', async (_name, link, reason) => {
    const outside = mkdtempSync(join(tmpdir(), 'espalier-outside-'));
    mkdirSync(dirname(join(root, link)), { recursive: true });
    symlinkSync(outside, join(root, link));
    const { value, diagnostics } = await writeTree(root, [change('clusters/p+a/references/x.yaml', { after: 'x' })]);
    expect(value).toBe('refused');
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['cannot-write', `Cannot write "clusters/p+a/references/x.yaml": ${reason}`],
    ]);
    expect(readdirSync(outside, { recursive: true })).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  test('through a symbolic link in place of the file', async () => {
    put({ 'secret.txt': 'old' });
    mkdirSync(join(root, 'clusters/p+a'), { recursive: true });
    symlinkSync('../../secret.txt', join(root, 'clusters/p+a/x.yaml'));
    const { value } = await writeTree(root, [change('clusters/p+a/x.yaml', { before: 'old', after: 'new' })]);
    expect(value).toBe('refused');
    expect(readFileSync(join(root, 'secret.txt'), 'utf8')).toBe('old');
  });

  test('through a stage that leads elsewhere', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'espalier-outside-'));
    symlinkSync(outside, join(root, '.espalier'));
    const { diagnostics } = await writeTree(root, [good]);
    expect(diagnostics.map(({ message }) => message)).toEqual(['Cannot write ".espalier": it is not a folder']);
    expect(readdirSync(outside)).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  test('when the last of many cannot be written: what was done is undone', async () => {
    put({ 'clusters/p+a/b.yaml': 'old', 'clusters/p+a/c/c.yaml': 'c' });
    const before = found();
    const changes = [
      change('clusters/p+a/a/a.yaml', { after: 'a' }),
      change('clusters/p+a/b.yaml', { before: 'old', after: 'new' }),
      change('clusters/p+a/c/c.yaml', { before: 'c' }),
      // Its folder is the file that the first change writes, which no check before can know.
      change('clusters/p+a/a/a.yaml/x.yaml', { after: 'x' }),
    ];
    const { value, diagnostics } = await writeTree(root, changes);
    expect(value).toBe('refused');
    expect(diagnostics.map(({ code }) => code)).toEqual(['cannot-write']);
    expect(found()).toEqual({ ...before });
  });

  test('after a signal', async () => {
    put({ 'clusters/p+a/b.yaml': 'old' });
    const { value } = await writeTree(root, [good, change('clusters/p+a/b.yaml', { before: 'old', after: 'new' })], {
      signal: AbortSignal.abort(),
    });
    expect(value).toBe('interrupted');
    expect(found()).toEqual({ 'clusters/p+a/b.yaml': 'old' });
  });
});

describe('a real signal', () => {
  /** Runs a program that writes 300 files and is sent SIGINT when the content of one is asked for: first while staging, then in the swap. */
  function run(when: 'staging' | 'swapping') {
    const program = `
      import { listenForInterrupt } from ${JSON.stringify(new URL('interrupt.ts', import.meta.url).href)};
      import { writeTree } from ${JSON.stringify(new URL('write-tree.ts', import.meta.url).href)};
      const interrupt = listenForInterrupt();
      let asked = 0;
      const changes = Array.from({ length: 300 }, (_, index) => ({ path: 'clusters/p+a/' + index + '.yaml', after: Buffer.from('x') }));
      Object.defineProperty(changes[150], 'after', { get() {
        asked += 1;
        if (asked === ${when === 'staging' ? 1 : 2}) process.kill(process.pid, 'SIGINT');
        return Buffer.from('x');
      } });
      const { value } = await writeTree(${JSON.stringify(root)}, changes, { signal: interrupt.signal });
      await new Promise((resolve) => setTimeout(resolve));
      console.log(value, interrupt.signal.aborted);`;
    return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { encoding: 'utf8' }).stdout.trim();
  }

  test('before the swap changes nothing', () => {
    expect(run('staging')).toBe('interrupted true');
    expect(found()).toEqual({});
  });

  test('in the swap is answered after it', () => {
    expect(run('swapping')).toBe('written true');
    expect(Object.keys(found())).toHaveLength(300);
    expect(existsSync(join(root, '.espalier'))).toBe(false);
  });
});

test('writeTree() clears up after runs that were killed, and leaves those that live', async () => {
  const dead = spawnSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' }).stdout.trim();
  const own = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  put({
    [`.espalier/stage-${dead}-${own}-AAAAAA/new-0`]: 'x',
    [`.espalier/stage-${process.pid}-${own}-BBBBBB/new-0`]: 'x',
    [`.espalier/stage-${dead}-00000000-CCCCCC/new-0`]: 'x',
    [`.espalier/stage-${dead}-00000000-DDDDDD/new-0`]: 'x',
  });
  utimesSync(join(root, `.espalier/stage-${dead}-00000000-DDDDDD`), 0, 0);
  await writeTree(root, [change('clusters/p+a/b.yaml', { after: 'b' })]);
  const left = readdirSync(join(root, '.espalier')).map((name) => name.slice(-6));
  expect(new Set(left)).toEqual(new Set(['BBBBBB', 'CCCCCC']));
});
