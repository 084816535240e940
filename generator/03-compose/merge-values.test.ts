import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { fillDefaults } from './fill-defaults.ts';
import { mergeValues } from './merge-values.ts';

test('mergeValues() merges objects and replaces lists and scalars', () => {
  const lower = { a: { b: 1, c: [1, 2] }, d: 'x', e: { f: 1 } };
  expect(mergeValues(lower, { a: { c: [3] }, d: { y: 1 }, e: null })).toEqual({ a: { b: 1, c: [3] }, d: { y: 1 }, e: null });
  expect(lower).toEqual({ a: { b: 1, c: [1, 2] }, d: 'x', e: { f: 1 } });
});

test('mergeValues() keeps a key named __proto__ a key', () => {
  const merged = mergeValues({}, JSON.parse('{"__proto__": {"polluted": true}}') as JsonObject);
  expect(Object.keys(merged)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

/** RFC 7386, section 2, word for word. */
function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(isJsonObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

const key = fc.constantFrom('a', 'b', 'c');
const { values } = fc.letrec<{ values: JsonObject; value: Json }>((tie) => ({
  values: fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  value: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.constant(null), fc.array(fc.integer(), { maxLength: 2 }), tie('values')),
}));

test('layers merged one after the other are RFC 7386 patches applied one after the other', () => {
  fc.assert(
    fc.property(fc.array(values, { maxLength: 4 }), (layers) => {
      const merged = layers.reduce<JsonObject>((lower, upper) => mergeValues(lower, upper), {});
      expect(fillDefaults({}, merged)).toEqual(layers.reduce<Json>((target, patch) => mergePatch(target, patch), {}));
    }),
  );
});

test('defaults are a layer below all others', () => {
  const defaults: JsonObject = { a: 1, b: { a: 2, b: [3] } };
  const schema = { properties: { a: { default: 1 }, b: { properties: { a: { default: 2 }, b: { default: [3] } } } } };
  fc.assert(
    fc.property(fc.array(values, { maxLength: 3 }), (layers) => {
      const merged = layers.reduce<JsonObject>((lower, upper) => mergeValues(lower, upper), {});
      const filled = fillDefaults(schema, merged);
      const given = merged['b'];
      // An object that a list, a number or null replaced on the way has forgotten the defaults below; one that stayed an object has not.
      fc.pre(layers.every(({ b }) => b === undefined || isJsonObject(b)));
      expect(filled).toEqual(layers.reduce<Json>((target, patch) => mergePatch(target, patch), defaults));
      expect(given === undefined || isJsonObject(given)).toBe(true);
    }),
  );
});
