import { expect, test } from 'vitest';
import { makeApp, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import { toContext } from '../lib/hash.ts';
import { readHistory } from '../lib/history.ts';
import { repoPath } from '../lib/path.ts';
import type { InstanceRef } from '../model/context.ts';
import type { Oid } from '../model/file.ts';
import { allDeploymentsGone, type Standing } from './all-deployments-gone.ts';

const shop = makeDeployment([makeApp()]);
const cloud = toContext({ kind: 'LogicalCloud', namespace: 'retail', name: 'retail' });
const path = repoPath('clusters/decisions/retail.shop/web.yaml');
const web: InstanceRef = { cluster: 'p+a', context: shop.context.id, app: 'web' };
const standing: Standing = {
  intents: makeIntents({ clusters: [makeCluster('p+a')] }),
  committed: [web, { ...web, context: cloud.id, app: 'logical-cloud' }],
  history: readHistory(new Map([[path, { path, oid: '0' as Oid, isMarked: true, head: '' }]])),
  scope: undefined,
};

test('intents without any deployment do not empty a tree that has some', () => {
  expect(allDeploymentsGone(standing)).toMatchObject([
    {
      code: 'all-deployments-gone',
      severity: 'error',
      message: 'Cannot remove every deployment at once: intents/ has none any more, the tree has "retail/shop" on 1 cluster',
      hint: 'Restore the documents; if they are to go, remove one by one: --only retail/shop',
      reach: { kind: 'run' },
    },
  ]);
});

test.each<readonly [string, Partial<Standing>]>([
  ['a deployment is left', { intents: makeIntents({ clusters: [makeCluster('p+a')], deployments: [shop] }) }],
  ['the tree has logical clouds only', { committed: [{ ...web, context: cloud.id, app: 'logical-cloud' }] }],
  ['the clusters are not described, so that they keep what they have', { intents: makeIntents({ clusters: [makeCluster('p+b')] }) }],
  ['the deployment was named', { scope: [{ kind: 'deployment', deployment: shop.context }] }],
])('allDeploymentsGone() finds nothing where %s', (_name, change) => {
  expect(allDeploymentsGone({ ...standing, ...change })).toEqual([]);
});
