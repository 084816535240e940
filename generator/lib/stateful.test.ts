import { expect, test } from 'vitest';
import { objectFileName } from './object-file-name.ts';
import { isStateful, statefulObject } from './stateful.ts';

const at = { metadata: { name: 'db.main', namespace: 'retail' } };

test.each([
  ['apps/v1', 'StatefulSet', 'StatefulSet "db.main"'],
  ['apps.kruise.io/v1beta1', 'StatefulSet', 'StatefulSet "db.main"'],
  ['v1', 'PersistentVolumeClaim', 'PersistentVolumeClaim "db.main"'],
  ['apps/v1', 'Deployment', undefined],
  ['example.net/v1', 'StatefulSetTemplate', undefined],
])('%s %s is told by its kind and by its file name alike', (apiVersion, kind, title) => {
  const object = { apiVersion, kind, ...at };
  expect(isStateful(object)).toBe(title !== undefined);
  for (const namespace of ['retail', 'other-place']) expect(statefulObject(objectFileName(object, namespace))).toBe(title);
});
