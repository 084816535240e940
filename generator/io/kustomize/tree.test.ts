import fc from 'fast-check';
import { join } from 'node:path/posix';
import { expect, test } from 'vitest';
import { checkTree, resolveInTree, withoutTop } from './tree.ts';

test.each([
  ['a path that steps out', ['../a'], '.'],
  ['an absolute path', ['/etc/passwd'], '.'],
  ['a file that is also a folder', ['a', 'a/b/c'], '.'],
  ['a root outside', ['a'], '../b'],
  ['an absolute root', ['a'], '/'],
])('checkTree() throws for %s', (_, paths, root) => {
  expect(() => checkTree(new Map(paths.map((path) => [path, ''])), root)).toThrow();
});

test('checkTree() takes ordinary trees', () => {
  checkTree(new Map([['a/kustomization.yaml', ''], ['a+b/c d.yaml', '']]), 'a'); // prettier-ignore
  checkTree(new Map(), '.');
});

test('resolveInTree() goes where the file system would go, unless that is outside', () => {
  const segment = fc.constantFrom('a', 'b', '..', '.', '');
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
      const reference = segments.join('/');
      fc.pre(!reference.startsWith('/'));
      const resolved = join('/top/o', reference).replace(/(.)\/$/, '$1');
      const expected = resolved === '/top' ? '.' : resolved.startsWith('/top/') ? resolved.slice('/top/'.length) : undefined;
      expect(resolveInTree('o', reference)).toBe(expected);
    }),
  );
  expect(resolveInTree('o', '/a')).toBeUndefined();
  expect(resolveInTree('.', 'a/..')).toBe('.');
});

test('withoutTop() leaves paths as the user knows them', () => {
  expect(withoutTop("'/tmp/t/a.yaml' is not below '/tmp/t'", '/tmp/t')).toBe("'a.yaml' is not below '.'");
});
