import { expect, test } from 'vitest';
import type { Change, ChangeSet } from '../model/change.ts';
import type { ContextId } from '../model/context.ts';
import { HERE, type Oid } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { movedReferences, rewrittenReferences } from './moved-references.ts';

const PATH = 'clusters/p+a/argocd/applications/1-web.yaml' as RepoPath;
const BEFORE = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: 1-web\n  namespace: argocd\nspec: {}\n';

function planOf(after: string, change: Partial<Change> = {}): ChangeSet {
  const owner = { kind: 'instance', instance: { cluster: 'p+a', context: '1' as ContextId, app: 'web' } } as const;
  const changes = [{ target: HERE, owner, path: PATH, before: 'x' as Oid, after: new TextEncoder().encode(after), ...change }];
  return { changes, unchanged: 0, held: [], reasons: new Map(), kept: { held: 0, outside: 0 } };
}

function moved(plan: ChangeSet, isLeft = false) {
  return movedReferences(plan, { texts: new Map([[PATH, BEFORE]]), leavesObjects: () => isLeft }).map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

test.each([
  ['namespace', BEFORE.replace('namespace: argocd', 'namespace: gitops'), 'gitops/1-web'],
  ['name', BEFORE.replace('name: 1-web', 'name: p-a-1-web'), 'argocd/p-a-1-web'],
])('a reference gets no other %s in one step', (_what, after, now) => {
  expect(moved(planOf(after))).toEqual([
    `reference-moved: Cannot move 1 reference in one step, Application argocd/1-web to Application ${now}: the agent would delete the old one with all that it applied`,
  ]);
  expect(moved(planOf(after), true)).toEqual([]);
});

test('another version of the API, other contents and new references are no move', () => {
  expect(moved(planOf(BEFORE.replace('v1alpha1', 'v1')))).toEqual([]);
  expect(moved(planOf(BEFORE.replace('spec: {}', 'spec: {project: x}')))).toEqual([]);
  const path = 'clusters/p+a/argocd/applications/1-new.yaml' as RepoPath;
  expect(rewrittenReferences(planOf(BEFORE))).toEqual([PATH]);
  expect(moved(planOf('x', { path }))).toEqual([]);
  expect(rewrittenReferences(planOf(BEFORE, { path: 'clusters/p+a/context/1/app/web/web-service.yaml' as RepoPath }))).toEqual([]);
});
