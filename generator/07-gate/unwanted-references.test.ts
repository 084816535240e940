import { expect, test } from 'vitest';
import { repoPath } from '../lib/path.ts';
import type { ContextId, InstanceRef } from '../model/context.ts';
import type { Committed, Oid } from '../model/file.ts';
import { ownerOf } from '../08-layout/owner-of.ts';
import { providers } from '../providers/registry.ts';
import { unwantedReferences } from './unwanted-references.ts';

const web: InstanceRef = { cluster: 'p+a', context: '1' as ContextId, app: 'web' };
const old: InstanceRef = { ...web, app: 'old' };
const bare: InstanceRef = { ...web, app: 'bare' };
const direct: InstanceRef = { ...old, cluster: 'p+b' };
const tree: Committed = new Map(
  [
    'a/context/1/app/old/kustomization.yaml',
    'a/references/1-old-kcust.yaml',
    'a/references/1-web-kcust.yaml',
    'b/context/1/app/old/kustomization.yaml',
  ]
    .map((path) => repoPath(`clusters/p+${path}`))
    .map((path) => [path, { path, oid: '0' as Oid, isMarked: true }]),
);

test('unwantedReferences() gives the references of what nobody wants any more, and what no agent looks after', () => {
  const committed = [web, old, bare, direct];
  const found = unwantedReferences({ wanted: [web], committed }, { tree, ownerOf: (path) => ownerOf(path, providers) });
  expect([...found.references]).toEqual([['clusters/p+a/references/1-old-kcust.yaml', 'p+a/1/old']]);
  // One whose reference somebody deleted is on a cluster with an agent.
  expect([...found.unattended]).toEqual(['p+b/1/old']);
});

test('unwantedReferences() gives none while all are wanted', () => {
  const found = unwantedReferences({ wanted: [web, old], committed: [web, old] }, { tree, ownerOf: (path) => ownerOf(path, providers) });
  expect([...found.references, ...found.unattended]).toEqual([]);
});
