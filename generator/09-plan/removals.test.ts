import { expect, test } from 'vitest';
import { ownerOf } from '../08-layout/owner-of.ts';
import { toContext } from '../lib/hash.ts';
import { readHistory } from '../lib/history.ts';
import { repoPath } from '../lib/path.ts';
import type { Change } from '../model/change.ts';
import { type ClusterId, type ContextId, instanceKey, type InstanceRef } from '../model/context.ts';
import { type Committed, HERE, type Oid } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { providers } from '../providers/registry.ts';
import { goneContexts } from './gone-contexts.ts';
import { removalsOf, type RemovalsRequest } from './removals.ts';

const shop = toContext({ kind: 'DeploymentIntent', namespace: 'retail', name: 'shop' });
const desk = toContext({ kind: 'DeploymentIntent', namespace: 'retail', name: 'desk' });
const retail = toContext({ kind: 'LogicalCloud', namespace: 'retail', name: 'retail' });

function instance(cluster: ClusterId, context: ContextId, app: string): InstanceRef {
  return { cluster, context, app };
}

/** Deletes these files of the instance. */
function deletes(of: InstanceRef, ...files: readonly string[]): readonly Change[] {
  return files.map((file) => ({
    target: HERE,
    owner: { kind: 'instance', instance: of },
    path: repoPath(`clusters/${of.cluster}/context/${of.context}/app/${of.app}/${file}`),
    before: '0' as Oid,
  }));
}

const decision = repoPath('clusters/decisions/retail.shop/web.yaml');
const head = '  logicalCloud: retail\n';
const history = readHistory(new Map([[decision, { path: decision, oid: '0' as Oid, isMarked: true, head }]]));

/** What was deleted or rewritten stood in the tree, and what is named beside. */
function treeOf(changes: readonly Change[], ...others: readonly RepoPath[]): Committed {
  const paths = [...changes.filter(({ before }) => before !== undefined).map(({ path }) => path), ...others];
  return new Map(paths.map((path) => [path, { path, oid: '0' as Oid, isMarked: true }]));
}

function removals(changes: readonly Change[], request: Partial<RemovalsRequest> = {}) {
  return removalsOf(
    { changes, unchanged: 0, held: [], reasons: new Map(), kept: { held: 0, outside: 0 } },
    {
      contexts: new Map(),
      history,
      left: new Set(),
      committed: treeOf(changes),
      ownerOf: (path) => ownerOf(path, providers),
      reasonsFor: () => [],
      ...request,
    },
  );
}

const INDEX = 'kustomization.yaml';

test('removalsOf() gathers apps over clusters, with what may hold data', () => {
  const found = removals([
    ...deletes(instance('p+b', shop.id, 'web'), INDEX, 'web-deployment.yaml'),
    ...deletes(instance('p+a', shop.id, 'web'), INDEX, 'web-deployment.yaml', 'data-persistentvolumeclaim.yaml'),
    ...deletes(instance('p+a', shop.id, 'api'), INDEX),
  ]);
  expect(found).toMatchObject([
    { app: 'api', owner: { name: 'shop' }, hasDocument: false, objects: 0 },
    { app: 'web', clusters: ['p+a', 'p+b'], objects: 3, stateful: ['PersistentVolumeClaim "data"'], leftOn: [] },
  ]);
});

test('what is replaced within an instance is no removal, nor is what is not ours', () => {
  const replaced = deletes(instance('p+a', shop.id, 'web'), 'config-1-configmap.yaml');
  const rewritten = deletes(instance('p+a', shop.id, 'api'), INDEX).map((change) => ({ ...change, after: new Uint8Array() }));
  const committed = treeOf([...replaced, ...rewritten], repoPath(`clusters/p+a/context/${shop.id}/app/web/${INDEX}`));
  expect(removals([...replaced, ...rewritten], { committed })).toEqual([]);
});

test('goneContexts() warns once for each context without a document, by the name that the tree tells', () => {
  const found = removals(
    [
      ...deletes(instance('p+a', shop.id, 'web'), INDEX, 'db-statefulset.yaml'),
      ...deletes(instance('p+b', shop.id, 'api'), INDEX),
      ...deletes(instance('p+a', desk.id, 'web'), INDEX),
      ...deletes(instance('p+a', retail.id, 'logical-cloud'), INDEX),
      ...deletes(instance('p+a', '7' as ContextId, 'web'), INDEX),
      ...deletes(instance('p+a', '8' as ContextId, 'logical-cloud'), INDEX),
    ],
    { contexts: new Map([[desk.id, desk]]) },
  );
  expect(goneContexts(found).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'warning: Logical cloud "retail/retail" has no document any more: it is removed from 1 cluster',
    'warning: Deployment "retail/shop" has no document any more: "api" and "web" are removed from 2 clusters, with StatefulSet "db"',
    'warning: Context 7 has no document any more: "web" is removed from 1 cluster',
    'warning: Logical cloud of context 8 has no document any more: it is removed from 1 cluster',
  ]);
});

test('goneContexts() says when the agents leave the objects', () => {
  const web = instance('p+a', shop.id, 'web');
  const [warning] = goneContexts(removals(deletes(web, INDEX), { left: new Set([instanceKey(web)]) }));
  expect(warning?.message).toContain('the objects stay there (deletionPolicy Orphan)');
});

test('an instance without a list of its files, or with a reference only, goes with the last of them', () => {
  const web = instance('p+a', shop.id, 'web');
  const cut = (change: Change): Change => ({ ...change, path: repoPath(change.path.replace('/context/', '/namespaces/retail/context/')) });
  const files = deletes(web, 'a-configmap.yaml', 'web-deployment.yaml').map(cut);
  expect(removals(files)).toMatchObject([{ app: 'web', objects: 2 }]);
  expect(removals(files.slice(0, 1), { committed: treeOf(files) })).toEqual([]);
  expect(removals([...files, ...deletes(web, 'b.yaml').map((change) => ({ ...change, after: new Uint8Array() }))])).toEqual([]);
  const [reference] = deletes(web, 'x').map((change) => ({
    ...change,
    path: repoPath(`clusters/p+a/references/${shop.id}-web-kcust.yaml`),
  }));
  expect(removals(reference ? [reference] : [])).toMatchObject([{ app: 'web', objects: 0 }]);
});
