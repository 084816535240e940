import { expect, test } from 'vitest';
import type { ContextId } from '../model/context.ts';
import type { Committed, Oid } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { toContext } from './hash.ts';
import { readHistory } from './history.ts';

function tree(files: Readonly<Record<string, string>>, isMarked = true): Committed {
  const entries = Object.entries(files).map(([path, head]) => ({ path: path as RepoPath, oid: '0' as Oid, isMarked, head }));
  return new Map(entries.map((file) => [file.path, file]));
}

const shop = { kind: 'DeploymentIntent', namespace: 'retail', name: 'shop' } as const;
const retail = { kind: 'LogicalCloud', namespace: 'retail', name: 'retail' } as const;
const path = 'clusters/decisions/retail.shop/web.yaml';

test('readHistory() knows deployments, their clouds and namespaces from decisions and paths', () => {
  const cloud = toContext(retail).id;
  const history = readHistory(
    tree({
      [path]: 'spec:\n  deployment: shop\n  contextId: "77"\n  logicalCloud: retail\n',
      [`clusters/p+a/context/${cloud}/app/logical-cloud/tills-namespace.yaml`]: '',
      [`clusters/p+b/context/${cloud}/app/web/other-namespace.yaml`]: '',
    }),
  );
  expect(history.nameOf('77' as ContextId)).toEqual(shop);
  expect(history.nameOf(cloud)).toEqual(retail);
  expect(history.idsOf(shop)).toEqual(['77']);
  expect(history.cloudOf('77' as ContextId)).toEqual(retail);
  expect(history.namespaceOn('p+a', cloud)).toBe('tills');
  expect(history.namespaceOn('p+b', cloud)).toBeUndefined();
});

test('readHistory() knows the namespace of a cloud that keeps its references from its account, where only the others are in its folder', () => {
  const cloud = toContext(retail).id;
  const folder = `clusters/p+a/context/${cloud}/app/logical-cloud`;
  const history = readHistory(tree({ [`${folder}/jobs-namespace.yaml`]: '', [`${folder}/tills-serviceaccount.yaml`]: '' }));
  expect(history.namespaceOn('p+a', cloud)).toBe('tills');
  expect(history.namespacesOn('p+a', cloud)).toEqual(['tills', 'jobs']);
});

test('readHistory() tells the administrators’ cloud from a tenant’s by what it has on a cluster', () => {
  const folder = 'app/logical-cloud';
  const history = readHistory(
    tree({
      [`clusters/p+a/context/5/${folder}/retail-namespace.yaml`]: '',
      [`clusters/p+b/context/5/${folder}/admin.retail.5-serviceaccount.flux-system.yaml`]: '',
      [`clusters/p+c/context/5/${folder}/retail-resourcequota.yaml`]: '',
      [`clusters/p+d/cluster/context/6/app/web/web-service.yaml`]: '',
    }),
  );
  expect(history.levelOn('p+d', '6' as ContextId)).toBe(0);
  expect((['p+a', 'p+b', 'p+c'] as const).map((cluster) => history.levelOn(cluster, '5' as ContextId))).toEqual([1, 0, undefined]);
});

test('readHistory() derives the id where a decision does not tell it, and takes no names from hand edits', () => {
  const history = readHistory(tree({ [path]: '  contextId: x\n  logicalCloud: ../../etc\n' }));
  expect(history.idsOf(shop)).toEqual([toContext(shop).id]);
  expect(history.cloudOf(toContext(shop).id)).toBeUndefined();
});

test('readHistory() believes only files with the marker', () => {
  expect(readHistory(tree({ [path]: '  contextId: "77"\n' }, false)).idsOf(shop)).toEqual([]);
});

test('readHistory() reads quoted names and Windows line ends', () => {
  const history = readHistory(tree({ [path]: '  contextId: "77"\r\n  logicalCloud: "123"\r\n' }));
  expect(history.cloudOf('77' as ContextId)).toEqual({ ...retail, name: '123' });
});
