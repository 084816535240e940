import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each([
  ['retail é 店', 'retail é 店'],
  ['a\u001b[31mb', 'a\\u001b[31mb'],
  ['a\u202eb\u009b', 'a\\u202eb\\u009b'],
])('printable() shows %j as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});
