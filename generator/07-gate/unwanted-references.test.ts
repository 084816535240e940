import { expect, test } from 'vitest';
import { repoPath } from '../lib/path.ts';
import type { ContextId, InstanceRef } from '../model/context.ts';
import type { Committed, Oid } from '../model/file.ts';
import { ownerOf } from '../08-layout/owner-of.ts';
import { providers } from '../providers/registry.ts';
import { unwantedReferences } from './unwanted-references.ts';

const web: InstanceRef = { cluster: 'p+a', context: '1' as ContextId, app: 'web' };
const old: InstanceRef = { ...web, app: 'old' };
const tree: Committed = new Map(
  ['context/1/app/old/kustomization.yaml', 'references/1-old-kcust.yaml', 'references/1-web-kcust.yaml', 'references.yaml']
    .map((path) => repoPath(`clusters/p+a/${path}`))
    .map((path) => [path, { path, oid: '0' as Oid, isMarked: true }]),
);

test('unwantedReferences() gives the references of what nobody wants any more', () => {
  const found = unwantedReferences({ wanted: [web], committed: [web, old] }, { tree, ownerOf: (path) => ownerOf(path, providers) });
  expect([...found]).toEqual([['clusters/p+a/references/1-old-kcust.yaml', 'p+a/1/old']]);
});

test('unwantedReferences() gives none while all are wanted', () => {
  const found = unwantedReferences({ wanted: [web, old], committed: [web, old] }, { tree, ownerOf: (path) => ownerOf(path, providers) });
  expect(found.size).toBe(0);
});
