import { expect, test } from 'vitest';
import { counted, listed } from './words.ts';
import { statefulObject } from './stateful.ts';

test.each<readonly [readonly string[], string]>([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c', 'd'], 'a, b, c and d'],
  [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d and 2 more'],
])('listed(%j) is "%s"', (items, text) => {
  expect(listed(items)).toBe(text);
});

test('counted() agrees with its number', () => {
  expect([0, 1, 2].map((count) => counted(count, 'app'))).toEqual(['0 apps', '1 app', '2 apps']);
});

test.each([
  ['db-statefulset.yaml', 'StatefulSet "db"'],
  ['my.db-persistentvolumeclaim.other.yaml', 'PersistentVolumeClaim "my.db"'],
  ['x-statefulset-statefulset.yaml', 'StatefulSet "x-statefulset"'],
  ['web-deployment.yaml', undefined],
  ['kustomization.yaml', undefined],
  ['statefulset.yaml', undefined],
])('statefulObject() reads %s as %s', (file, object) => {
  expect(statefulObject(file)).toBe(object);
});
