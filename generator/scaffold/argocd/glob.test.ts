import { expect, test } from 'vitest';
import { globMatcher } from './glob.ts';

test.each([
  ['*.yaml', 'a.yaml', true],
  ['*.yaml', 'b/a.yaml', true],
  ['a?.yaml', 'ab.yaml', true],
  ['a?.yaml', 'a.yaml', false],
  ['{a.yaml,b/*}', 'b/c.yaml', true],
  ['{a.yaml,b/*}', 'c/a.yaml', false],
  ['drafts/*', 'drafts/x/y.yaml', true],
])('globMatcher(%s) on %s: %s', (pattern, path, expected) => {
  expect(globMatcher(pattern)?.(path)).toBe(expected);
});

test.each(['[ab].yaml', '{a,{b,c}}', '{a', 'a\\*'])('globMatcher() does not guess at %s', (pattern) => {
  expect(globMatcher(pattern)).toBeUndefined();
});

test('globMatcher() is quick whatever the pattern', () => {
  expect(globMatcher(`${'*a'.repeat(200)}b`)?.('a'.repeat(2000))).toBe(false);
});
