import { expect, test } from 'vitest';
import { repoPath } from '../../lib/path.ts';
import { referenceObject } from '../../lib/reference-object.ts';
import type { ContextId } from '../../model/context.ts';
import type { Oid } from '../../model/file.ts';
import { googleAnthos } from './google-anthos.ts';

const DELETION = 'client.lifecycle.config.k8s.io/deletion';
const CID = '123';
const TREE = 'clusters/p+a';

test.each([
  [`cluster/references/123-web.yaml`, { context: '123', app: 'web' }],
  [`cluster/references/123-web.rolebinding.yaml`, { context: '123', app: 'web' }],
  [`cluster/references/123-logical-cloud.yaml`, { context: '123', app: 'logical-cloud' }],
  [`namespaces/retail/123.md`, { context: '123', app: 'logical-cloud' }],
  [`namespaces/retail/notes.md`, undefined],
  [`namespaces/retail/deep/123.md`, undefined],
  [`cluster/references/web.yaml`, undefined],
  [`cluster/references/123-web.other.yaml`, undefined],
  [`google/README.md`, undefined],
])('%s belongs to %j', (path, expected) => {
  expect(googleAnthos.ownerOf(path)).toEqual(expected);
});

test('tells where references have to be: those of logical clouds, and of charts, whose account’s binding tells', () => {
  const web = { cluster: 'p+a', context: CID as ContextId, app: 'web' } as const;
  const binding = `cluster/references/${CID}-web.rolebinding.yaml`;
  const present = new Map([[binding, { path: repoPath(binding), oid: '0' as Oid, isMarked: true }]]);
  const pathOf = (app: string) => googleAnthos.referencePath?.({ ...web, app }, present);
  expect(['web', 'other', 'logical-cloud'].map(pathOf)).toEqual([
    `cluster/references/${CID}-web.yaml`,
    undefined,
    `cluster/references/${CID}-logical-cloud.yaml`,
  ]);
});

test.each([
  ['cluster/more/kustomization.yaml', 'refused'],
  ['namespaces/retail/Kustomization', 'refused'],
  ['cluster/more/kustomization.json', 'applied'],
  ['namespaces/retail/more.yml', 'applied'],
  ['cluster/notes.md', undefined],
  ['google/more.yaml', undefined],
])('a file of somebody else’s, %s, is %s', (path, is) => {
  const file = repoPath(`${TREE}/${path}`);
  expect(googleAnthos.stray?.(path, { path: file, oid: '0' as Oid, isMarked: false })?.is).toBe(is);
});

test.each([
  ['no object', '{}'],
  [
    'a RepoSync of somebody else’s',
    'apiVersion: a/v1\nkind: RepoSync\nmetadata: {annotations: {configsync.gke.io/deletion-propagation-policy: Orphan}}\n',
  ],
  ['another policy', `apiVersion: v1\nkind: ConfigMap\nmetadata: {annotations: {${DELETION}: delete}}\n`],
])('%s leaves nothing', (_, text) => {
  expect(googleAnthos.leavesObjects(referenceObject(text) ?? {})).toBe(false);
});
