import { expect, test } from 'vitest';
import { makeApp, makeCloud, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import { place } from '../04-place/place.ts';
import type { Change } from '../model/change.ts';
import { type ContextId, instanceKey, type InstanceRef } from '../model/context.ts';
import { HERE, type Oid } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { providers } from '../providers/registry.ts';
import { passedObjects, type PassingRequest } from './passed-objects.ts';

const deployment = makeDeployment([makeApp(), makeApp({ name: 'db' })]);
const flux = makeCluster('p+a', {
  gitOps: { gitOpsType: 'fluxv2', gitOpsReferenceObject: 'fleet', gitOpsResourceObject: 'fleet', agentVersion: '2.9' },
});
const { value: placements } = place(makeIntents({ clusters: [flux], clouds: [makeCloud()], deployments: [deployment] }));

const web: InstanceRef = { cluster: 'p+a', context: deployment.context.id, app: 'web' };
const db: InstanceRef = { ...web, app: 'db' };
const CLAIM = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: retail}\n';

function change(instance: InstanceRef, how: 'create' | 'delete' | 'update', file = 'data-persistentvolumeclaim.yaml'): Change {
  const path = `clusters/${instance.cluster}/context/${instance.context}/app/${instance.app}/${file}` as RepoPath;
  return {
    path,
    target: HERE,
    owner: { kind: 'instance', instance },
    ...(how !== 'create' && { before: 'x' as Oid }),
    ...(how !== 'delete' && { after: new TextEncoder().encode(CLAIM) }),
  };
}

function told(changes: readonly Change[], request: Partial<PassingRequest> = {}): readonly string[] {
  const changeSet = { changes, unchanged: 0, held: [], reasons: new Map(), kept: { held: 0, outside: 0 } };
  const asked = {
    clusters: [flux],
    providers,
    placements,
    committed: new Map<never, never>(),
    standing: [web, db],
    wanted: [web, db],
    pastNamespace: () => 'retail',
    left: new Set<never>(),
    ...request,
  };
  return passedObjects(changeSet, asked).map(({ message }) => message);
}

test('an object that leaves one app and comes to another is refused, once for both', () => {
  expect(told([change(db, 'create'), change(web, 'delete'), change(db, 'create', 'x.yaml'), change(web, 'delete', 'x.yaml')])).toEqual([
    'Cannot move PersistentVolumeClaim "data" from app "web" to "db" in one step on cluster "p+a": it would be deleted and recreated',
  ]);
});

test('of another deployment it is said which, and both are held', () => {
  const from: InstanceRef = { ...web, context: '7' as ContextId };
  const changeSet = {
    changes: [change(db, 'create'), change(from, 'delete')],
    unchanged: 0,
    held: [],
    reasons: new Map(),
    kept: { held: 0, outside: 0 },
  };
  const [found] = passedObjects(changeSet, {
    clusters: [flux],
    providers,
    placements,
    committed: new Map(),
    standing: [db, from],
    wanted: [db],
    pastNamespace: () => undefined,
    left: new Set(),
  });
  expect(found?.message).toContain('from app "web" of "context 7" to "db"');
  expect(found?.reach).toEqual({ kind: 'context', context: deployment.context, committed: '7' });
});

test.each<readonly [string, readonly Change[], Partial<PassingRequest>]>([
  ['it stays where it is', [change(db, 'create'), change(web, 'update')], {}],
  ['it goes from one cluster and comes to another', [change(db, 'create'), change({ ...web, cluster: 'p+b' }, 'delete')], {}],
  ['the instance is the same, in another folder', [change(web, 'create'), change(web, 'delete')], {}],
  ['it was in another namespace', [change(db, 'create'), change(web, 'delete')], { pastNamespace: () => 'other' }],
  ['its agent was told to leave it', [change(db, 'create'), change(web, 'delete')], { left: new Set([instanceKey(web)]) }],
  [
    'a new app takes the place of one that goes, which layout tells',
    [change(db, 'create'), change(web, 'delete')],
    { standing: [web], wanted: [db] },
  ],
  ['no agent deletes', [change(db, 'create'), change(web, 'delete')], { clusters: [makeCluster('p+a')] }],
  ['it is the list of an app’s files', [change(db, 'create', 'kustomization.yaml'), change(web, 'delete', 'kustomization.yaml')], {}],
])('nothing passes where %s', (_, changes, request) => {
  expect(told(changes, request)).toEqual([]);
});
