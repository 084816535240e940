import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCycles } from './find-cycles.ts';

test.each([
  ['no circle', { a: ['b'], b: ['c'], c: [] }, []],
  ['a node that points to itself', { a: ['a'] }, [['a', 'a']]],
  ['a circle behind a tail', { a: ['b'], b: ['c'], c: ['b'] }, [['b', 'c', 'b']]],
  [
    'two circles',
    { a: ['b'], b: ['a'], c: ['d'], d: ['c'] },
    [
      ['a', 'b', 'a'],
      ['c', 'd', 'c'],
    ],
  ],
  ['circles that share a node, once', { a: ['b', 'c'], b: ['a'], c: ['a'] }, [['a', 'b', 'a']]],
  ['an edge to a node that is not there', { a: ['z'] }, []],
])('findCycles() finds %s', (_, edges, expected) => {
  expect(findCycles(new Map(Object.entries(edges)))).toEqual(expected);
});

test('findCycles() takes a circle of a hundred thousand', () => {
  const edges = new Map(Array.from({ length: 100_000 }, (_, index) => [`n${index}`, [`n${(index + 1) % 100_000}`]]));
  expect(findCycles(edges)[0]).toHaveLength(100_001);
});

test('findCycles() finds one exactly where there is no order', () => {
  const nodes = ['a', 'b', 'c', 'd', 'e'];
  const graph = fc.record(Object.fromEntries(nodes.map((node) => [node, fc.subarray(nodes)])));
  fc.assert(
    fc.property(graph, (edges) => {
      const cycles = findCycles(new Map(Object.entries(edges)));
      for (const cycle of cycles) cycle.slice(1).forEach((node, index) => expect(edges[cycle[index]!]).toContain(node));
      return cycles.length > 0 !== isOrdered(edges);
    }),
  );
});

function isOrdered(edges: Readonly<Record<string, readonly string[]>>): boolean {
  const done = new Set<string>();
  for (let before = -1; before !== done.size;) {
    before = done.size;
    for (const [node, next] of Object.entries(edges)) if (next.every((other) => done.has(other))) done.add(node);
  }
  return done.size === Object.keys(edges).length;
}
