import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../model/json.ts';
import { share } from './share.ts';

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

test('share() gives a value equal to the new one, key order included', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(JSON.stringify(share(before, after))).toBe(JSON.stringify(after));
    }),
  );
});

test('share() gives the old value itself where nothing differs', () => {
  fc.assert(fc.property(json, (value) => Object.is(share(value, structuredClone(value)), value)));
});

test('share() keeps what did not change inside of what did, list items by their names', () => {
  const before = {
    spec: {
      apps: [
        { name: 'a', values: { x: 1 } },
        { name: 'b', values: { y: [2] } },
      ],
      version: '1',
    },
    meta: { name: 'm' },
  };
  const after = structuredClone(before);
  after.spec.apps.unshift({ name: 'new', values: { x: 7 } });
  after.spec.apps[1]!.values = { x: 3 };
  const shared = share(before, after) as typeof before;
  expect(shared).toEqual(after);
  expect(shared.meta).toBe(before.meta);
  expect(shared.spec.apps[2]).toBe(before.spec.apps[1]);
  expect(shared.spec.apps[1]).not.toBe(before.spec.apps[0]);
});

test('share() takes another order of keys for another value', () => {
  const before = { a: 1, b: 2 };
  const shared = share(before, { b: 2, a: 1 });
  expect(Object.keys(shared as object)).toEqual(['b', 'a']);
});

test('share() keeps a key __proto__ a key', () => {
  const after = JSON.parse('{"a": 1, "__proto__": {"b": 2}}') as Json;
  expect(JSON.stringify(share({ a: 1 }, after))).toBe('{"a":1,"__proto__":{"b":2}}');
});
