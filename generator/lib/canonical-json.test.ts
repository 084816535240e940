import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import { canonicalJson, sortKeys } from './canonical-json.ts';

test.each<[string, Json]>([
  ['{"a":[true,null,"x"],"b":1}', { b: 1, a: [true, null, 'x'] }],
  ['{"10":1,"9":1,"Z":1,"a":1}', { Z: 1, a: 1, '10': 1, '9': 1 }],
  ['123456789012345678901234567890', 123456789012345678901234567890n],
  ['{"__proto__":{"x":1}}', JSON.parse('{"__proto__": {"x": 1}}') as JsonObject],
])('canonicalJson() gives %s', (text, value) => {
  expect(canonicalJson(value)).toBe(text);
});

test('canonicalJson() is JSON of the same value, whatever the order of keys', () => {
  const json = fc.jsonValue() as fc.Arbitrary<Json>;
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(sortKeys(value))).toBe(canonicalJson(value));
    }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(fc.string(), json), { selector: ([key]) => key }), (entries) => {
      expect(canonicalJson(Object.fromEntries([...entries].reverse()))).toBe(canonicalJson(Object.fromEntries(entries)));
    }),
  );
});

test('sortKeys() sorts at every depth and keeps a key named __proto__', () => {
  const sorted = sortKeys(JSON.parse('{"b": [{"d": 1, "c": 2}], "__proto__": {"x": 1}}') as JsonObject);
  expect(JSON.stringify(sorted)).toBe('{"__proto__":{"x":1},"b":[{"c":2,"d":1}]}');
  expect(Object.getPrototypeOf(sorted)).toBe(Object.prototype);
});
