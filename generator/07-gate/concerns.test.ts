import { expect, test } from 'vitest';
import { makeApp, makeCloud, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import { LOGICAL_CLOUD_APP, type InstanceRef } from '../model/context.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { Scope } from '../model/scope.ts';
import { concernOf } from './concerns.ts';

const cloud = makeCloud();
const shop = makeDeployment([makeApp()]);
const desk = makeDeployment([makeApp({ source: { template: 'desk' } })], 'desk');
const intents = makeIntents({ clusters: [makeCluster('p+a'), makeCluster('p+b')], clouds: [cloud], deployments: [shop, desk] });
const shopWeb: InstanceRef = { cluster: 'p+a', context: shop.context.id, app: 'web' };
const deskWeb: InstanceRef = { cluster: 'p+b', context: desk.context.id, app: 'web' };
const tenant: InstanceRef = { cluster: 'p+a', context: cloud.context.id, app: LOGICAL_CLOUD_APP };

const shopOnly: Scope = [{ kind: 'deployment', deployment: shop.context, cloud: cloud.context.id }];
const clusterA: Scope = [{ kind: 'cluster', cluster: 'p+a' }];

function concerns(scope: Scope | undefined, reach: Reach, severity: Diagnostic['severity'] = 'error'): boolean {
  const request = { intents, wanted: [shopWeb, deskWeb, tenant], committed: [shopWeb, deskWeb], isolate: true, scope };
  return concernOf(request)({ code: 'x', severity, message: 'x', reach });
}

test.each<readonly [string, Scope | undefined, Reach, boolean]>([
  ['everything, without a scope', undefined, { kind: 'context', context: desk.context }, true],
  ['what all share', shopOnly, { kind: 'run' }, true],
  ['the deployment itself', shopOnly, { kind: 'context', context: shop.context }, true],
  ['an app of it', shopOnly, { kind: 'context', context: shop.context, app: 'gone' }, true],
  ['its logical cloud', shopOnly, { kind: 'context', context: cloud.context }, true],
  ['its template', shopOnly, { kind: 'template', template: 'web' }, true],
  ['another deployment', shopOnly, { kind: 'context', context: desk.context }, false],
  ['another template', shopOnly, { kind: 'template', template: 'desk' }, false],
  ['an app on the cluster', clusterA, { kind: 'context', context: shop.context }, true],
  ['an app elsewhere', clusterA, { kind: 'context', context: desk.context }, false],
  ['an app of any part', [...shopOnly, { kind: 'cluster', cluster: 'p+b' }], { kind: 'context', context: desk.context }, true],
])('--only: an error of %s', (_what, scope, reach, is) => {
  expect(concerns(scope, reach)).toBe(is);
});

test('--only: warnings are always shown', () => {
  expect(concerns(shopOnly, { kind: 'context', context: desk.context }, 'warning')).toBe(true);
});
