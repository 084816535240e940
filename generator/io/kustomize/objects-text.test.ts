import { expect, test } from 'vitest';
import { parseMarked } from './objects-text.ts';

test('parseMarked() turns marked strings, and no others, into large integers', () => {
  const text = 'integer-1:\n[{"a":"integer-1:9007199254740993","b":["integer-1:-9223372036854775808"],"integer-1:5":"integer-0:5","c":1}]';
  expect(parseMarked(text)).toEqual([{ a: 9007199254740993n, b: [-9223372036854775808n], 'integer-1:5': 'integer-0:5', c: 1 }]);
});

test('parseMarked() leaves strings alone where no integer is large', () => {
  expect(parseMarked('\n[{"a":"integer-0:5","b":""}]')).toEqual([{ a: 'integer-0:5', b: '' }]);
});

test('parseMarked() keeps a key __proto__ a key', () => {
  const value = parseMarked('integer-0:\n{"__proto__":{"x":"integer-0:9007199254740993"}}');
  expect(Object.keys(value as object)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
