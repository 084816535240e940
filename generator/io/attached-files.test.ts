import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tarball } from '../../test/support/tar.ts';
import { readAttachedArchive, readAttachedText } from './attached-files.ts';

let top = '';
let folder = '';
const write = (path: string, content: string | Uint8Array): void => writeFileSync(join(folder, path), content);

beforeAll(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'espalier-attached-')));
  folder = join(top, 'emco');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(join(top, 'outside.yaml'), 'a: 1\n');
  mkdirSync(join(top, 'emco-beside'));
  writeFileSync(join(top, 'emco-beside/a.yaml'), 'a: 1\n');
  write('sub/inside.yaml', 'b: 2\n');
  symlinkSync(join(top, 'outside.yaml'), join(folder, 'link.yaml'));
  symlinkSync(top, join(folder, 'linked'));
});
afterAll(() => rmSync(top, { recursive: true }));

test.each(['sub/inside.yaml', './sub/../sub/inside.yaml'])('readAttachedText() reads %s', async (path) => {
  expect(await readAttachedText(folder, path)).toEqual({ ok: true, value: 'b: 2\n' });
});

test('readAttachedText() takes a path from the root where it leads into the folder', async () => {
  expect(await readAttachedText(folder, join(folder, 'sub/inside.yaml'))).toMatchObject({ ok: true });
});

describe('readAttachedText() reads nothing', () => {
  test.each([
    ['above the folder', '../outside.yaml', 'lies outside of the folder'],
    ['beside it', '../emco-beside/a.yaml', 'lies outside of the folder'],
    ['from the root', '/etc/hostname', 'lies outside of the folder'],
    ['that is the folder', '.', 'lies outside of the folder'],
    ['with a zero in its name', 'a\0b', 'lies outside of the folder'],
    ['through a link', 'linked/outside.yaml', 'it lies behind a symbolic link'],
    ['that is a link', 'link.yaml', 'it is a symbolic link'],
    ['that is no file', 'sub', 'it is not an ordinary file'],
    ['that is not there', 'gone.yaml', 'it does not exist'],
  ])('%s', async (_what, path, reason) => {
    expect(await readAttachedText(folder, path)).toEqual({ ok: false, reason: expect.stringContaining(reason) as string });
  });

  test('that is large, or no text', async () => {
    write('large', '');
    truncateSync(join(folder, 'large'), 1024 * 1024 + 1);
    write('binary', Uint8Array.of(0xff, 0xfe));
    expect(await readAttachedText(folder, 'large')).toMatchObject({ reason: '"large": it is larger than 1 MiB' });
    expect(await readAttachedText(folder, 'binary')).toMatchObject({ reason: '"binary": it is not UTF-8' });
  });
});

describe('readAttachedArchive()', () => {
  test.each([
    ['a folder of files', { 'web/Chart.yaml': 'a', 'web/templates/x.yaml': 'b' }, 'web', ['Chart.yaml', 'templates/x.yaml']],
    ['files at the top', { 'manifest.yaml': 'a', './values.yaml': 'b' }, '', ['manifest.yaml', 'values.yaml']],
    ['files below "."', { './web/Chart.yaml': 'a', './web/b': 'b' }, 'web', ['Chart.yaml', 'b']],
  ])('reads %s', async (_what, files, name, paths) => {
    write('some.tgz', tarball(files));
    const read = await readAttachedArchive(folder, 'some.tgz');
    expect(read.ok && [read.value.folder, [...read.value.files.keys()]]).toEqual([name, paths]);
  });

  test.each([
    ['what is no archive', () => Buffer.from('text'), 'it is no archive (.tgz)'],
    ['a bomb', () => gzipSync(Buffer.alloc(101 * 1024 * 1024)), 'unpacks to more than 100 MiB'],
    [
      'too many files',
      () => tarball(Object.fromEntries(Array.from({ length: 5001 }, (_, index) => [`a/${index}`, '']))),
      'it holds more than 5000 files',
    ],
  ])('refuses %s', async (_what, content, reason) => {
    write('bad.tgz', content());
    expect(await readAttachedArchive(folder, 'bad.tgz')).toEqual({ ok: false, reason: expect.stringContaining(reason) as string });
  });
});
