import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Json } from '../model/json.ts';
import { compareFiles } from './compare-files.ts';
import { compareValues, type FieldStep } from './compare-values.ts';

function show(path: readonly FieldStep[]): string {
  return path.map((step) => (typeof step === 'object' ? `<${step.name}>` : String(step))).join('.');
}

test.each<readonly [string, Json, Json, readonly (readonly [string, Json | undefined, Json | undefined])[]]>([
  ['a field', { a: { b: 1 } }, { a: { b: 2 } }, [['a.b', 1, 2]]],
  [
    'fields that come and go',
    { a: 1 },
    { b: 2 },
    [
      ['a', 1, undefined],
      ['b', undefined, 2],
    ],
  ],
  ['a kind of value', { a: '1' }, { a: 1 }, [['a', '1', 1]]],
  ['an integer beyond 2^53', { a: 9007199254740993n }, { a: 9007199254740992n }, [['a', 9007199254740993n, 9007199254740992n]]],
  [
    'items by name',
    {
      c: [
        { name: 'x', v: 1 },
        { name: 'y', v: 1 },
      ],
    },
    { c: [{ name: 'y', v: 2 }] },
    [
      ['c.<x>', { name: 'x', v: 1 }, undefined],
      ['c.<y>.v', 1, 2],
    ],
  ],
  ['an inserted item', ['a', 'c'], ['a', 'b', 'c'], [['1', undefined, 'b']]],
  ['a removed item', ['a', 'b', 'c'], ['a', 'c'], [['1', 'b', undefined]]],
  ['a replaced item', [{ p: 1, q: 1 }, { p: 2 }], [{ p: 1, q: 2 }, { p: 2 }], [['0.q', 1, 2]]],
  [
    'names that are not unique',
    [
      { name: 'x', v: 1 },
      { name: 'x', v: 2 },
    ],
    [
      { name: 'x', v: 1 },
      { name: 'x', v: 3 },
    ],
    [['1.v', 2, 3]],
  ],
  ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
])('compareValues() tells of %s', (_name, before, after, changes) => {
  expect(compareValues(before, after).map((change) => [show(change.path), change.before, change.after])).toEqual(changes);
});

test('compareValues() tells nothing exactly when the values are equal', () => {
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Json[]>(1, 'a', null, true),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'name', '__proto__'), tie('value'), { maxKeys: 3 }) as fc.Arbitrary<Json>,
    ),
  }));
  const isEqual = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(compareValues(one, one)).toEqual([]);
      // Lists of named items are maps to Kubernetes: their order tells nothing.
      if (compareValues(one, other).length === 0 && !isEqual(one, other)) expect(JSON.stringify([one, other])).toContain('"name"');
      if (isEqual(one, other)) expect(compareValues(one, other)).toEqual([]);
    }),
  );
});

const deployment = (replicas: number, hash: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: retail\n  annotations:\n    espalier.dev/hash: ${hash}\nspec:\n  replicas: ${replicas}\n`;

test('compareFiles() tells fields of objects', () => {
  expect(compareFiles(deployment(1, 'a'), deployment(2, 'b'))).toMatchObject({
    kind: 'objects',
    objects: [
      {
        action: 'update',
        object: { kind: 'Deployment', metadata: { name: 'web', namespace: 'retail' }, spec: { replicas: 2 } },
        fields: [
          { path: ['metadata', 'annotations', 'espalier.dev/hash'], before: 'a', after: 'b' },
          { path: ['spec', 'replicas'], before: 1, after: 2 },
        ],
      },
    ],
  });
});

test.each([
  ['', deployment(1, 'a'), 'create'],
  [deployment(1, 'a'), '', 'delete'],
])('compareFiles() tells that an object comes or goes, and what it holds', (before, after, action) => {
  expect(compareFiles(before, after)).toMatchObject({
    kind: 'objects',
    objects: [{ action, object: { metadata: { name: 'web' }, spec: { replicas: 1 } } }],
  });
});

test.each([
  ['no objects', 'resources:\n- a.yaml\n', 'resources:\n- b.yaml\n'],
  ['no YAML', deployment(1, 'a'), '{'],
  ['one object twice', `${deployment(1, 'a')}---\n${deployment(1, 'a')}`, deployment(1, 'a')],
  ['other comments', deployment(1, 'a'), `# by hand\n${deployment(1, 'a')}`],
])('compareFiles() falls back to text for %s', (_name, before, after) => {
  expect(compareFiles(before, after)).toEqual({ kind: 'text', before, after });
});
