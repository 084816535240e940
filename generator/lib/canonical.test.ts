import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { canonical } from './canonical.ts';
import { canonicalJson } from './canonical-json.ts';

test('canonical() orders an object as it is written, lists excepted', () => {
  const object = {
    spec: { template: { metadata: { name: 'x', labels: {}, annotations: {} } }, list: [{ value: 1, name: 'b' }, 'z', 'a'] },
    metadata: { finalizers: [], annotations: { b: '1', a: '2' }, labels: { Z: '1', a: '2', name: '3' }, namespace: 'n', name: 'm' },
    data: {},
    kind: 'A',
    apiVersion: 'v1',
  };
  expect(JSON.stringify(canonical(object))).toBe(
    '{"apiVersion":"v1","kind":"A",' +
      '"metadata":{"name":"m","namespace":"n","labels":{"name":"3","Z":"1","a":"2"},"annotations":{"a":"2","b":"1"},"finalizers":[]},' +
      '"data":{},"spec":{"list":[{"name":"b","value":1},"z","a"],"template":{"metadata":{"name":"x","annotations":{},"labels":{}}}}}',
  );
});

test('canonical() changes nothing but the order, and gives one order', () => {
  const rest = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>;
  fc.assert(
    fc.property(rest, rest, (spec, metadata) => {
      const object: KubeObject = { ...spec, apiVersion: 'v1', kind: 'A', metadata: { ...metadata, name: 'a' } };
      const once = canonical(object);
      expect(canonicalJson(once)).toBe(canonicalJson(object));
      const shuffled = Object.fromEntries<Json>(Object.entries(object).reverse()) as KubeObject;
      expect(JSON.stringify(canonical(shuffled))).toBe(JSON.stringify(once));
    }),
  );
});
