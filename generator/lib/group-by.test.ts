import { expect, test } from 'vitest';
import { groupBy } from './group-by.ts';

test('groupBy() keeps the order of the items, and groups in that of their first', () => {
  expect([...groupBy(['pear', 'fig', 'plum', 'apple'], ([first]) => first)]).toEqual([
    ['p', ['pear', 'plum']],
    ['f', ['fig']],
    ['a', ['apple']],
  ]);
  expect(groupBy([], String).size).toBe(0);
});
