import { expect, test } from 'vitest';
import { deploymentId, type Inventory } from '../model/apply.ts';
import type { ContextId } from '../model/context.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { inventoryObject, isSameInventory, readInventory, unite } from './inventory.ts';

const context = '17' as ContextId;
const inventory: Inventory = {
  id: deploymentId(context, 'cart'),
  cluster: 'edge+dublin',
  context,
  app: 'cart',
  commit: 'abc',
  dependsOn: [deploymentId(context, 'db')],
  objects: [
    { group: '', version: 'v1', kind: 'Namespace', name: 'shop' },
    { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'cart' },
    { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole', name: 'system:cart' },
  ],
};

/** As a server keeps it. */
function kept(change: (object: { metadata: Record<string, Json>; data: Record<string, Json> }) => unknown = () => undefined): JsonObject {
  const { metadata, data } = inventoryObject(inventory);
  const object = { metadata: { ...metadata, uid: 'u', resourceVersion: '7' }, data: { ...(data as Record<string, Json>) } };
  change(object);
  return object;
}

test('what is written is what is read', () => {
  expect(readInventory(kept())).toEqual({
    ...inventory,
    objects: expect.arrayContaining([...inventory.objects]) as unknown,
    uid: 'u',
    resourceVersion: '7',
  });
  expect(isSameInventory(inventory, readInventory(kept()) ?? inventory)).toBe(true);
});

test.each([
  ['another name', (object) => (object.metadata['name'] = 'inventory-17-other')],
  ['an object of too many parts', (object) => (object.data['objects'] = 'a/v1/K/n/x/y')],
  ['an object without a name', (object) => (object.data['objects'] = '/v1/ConfigMap/n/')],
  ['an object whose name leads up', (object) => (object.data['objects'] = '/v1/ConfigMap/retail/..')],
  ['an object whose namespace leads up', (object) => (object.data['objects'] = '/v1/ConfigMap/../retail')],
  ['an object whose version leads up', (object) => (object.data['objects'] = '/../ConfigMap/retail/x')],
  ['an encoded name', (object) => (object.data['objects'] = 'rbac.authorization.k8s.io/v1/Role/retail/%2e%2e')],
  ['no cluster', (object) => (object.data['cluster'] = '')],
  ['a context that is no number', (object) => (object.data['context'] = '../17')],
] as [string, Parameters<typeof kept>[0]][])('an inventory with %s is not believed', (_, change) => {
  expect(readInventory(kept(change))).toBeUndefined();
});

test('a namespace that a record gives to what has none is not believed, so that the tree’s own is known by it', () => {
  const read = readInventory(kept((object) => (object.data['objects'] = '/v1/Namespace/elsewhere/retail')));
  expect(read?.objects).toEqual([{ group: '', version: 'v1', kind: 'Namespace', name: 'retail' }]);
});

test('of two versions of an object the later counts', () => {
  const [old, fresh] = ['v1beta1', 'v1'].map((version) => ({ group: 'apps', version, kind: 'Deployment', namespace: 'n', name: 'x' }));
  expect(unite([old!], [fresh!])).toEqual([fresh]);
});
