import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { linearRegExp } from './linear-regexp.ts';

test.each([
  ['^[a-z]+$', 'abc', true],
  ['^[a-z]+$', 'ab1', false],
  ['b', 'abc', true],
  ['^\\p{L}+$', 'größe', true],
])('linearRegExp(%s) on %s is %s', (pattern, text, found) => {
  expect(linearRegExp(pattern).test(text)).toBe(found);
});

test('linearRegExp() does not backtrack', () => {
  expect(linearRegExp('^(a+)+$').test(`${'a'.repeat(5000)}!`)).toBe(false);
});

test('linearRegExp() refuses what needs backtracking', () => {
  expect(() => linearRegExp('(?=a)')).toThrow();
});

test('ajv keeps several patterns of one schema apart', () => {
  const validate = new Ajv({ code: { regExp: linearRegExp } }).compile({
    properties: { letters: { type: 'string', pattern: '^[a-z]+$' }, digits: { type: 'string', pattern: '^[0-9]+$' } },
  });
  expect(validate({ letters: 'abc', digits: '123' })).toBe(true);
  expect(validate({ letters: '123', digits: '123' })).toBe(false);
  expect(validate({ letters: 'abc', digits: 'abc' })).toBe(false);
});
