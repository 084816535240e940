import { describe, expect, test } from 'vitest';
import { makeApp, makeCloud, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import { type ClusterId, type ContextId, instanceKey, type InstanceRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic, Reach, Severity } from '../model/diagnostic.ts';
import type { History } from '../model/history.ts';
import { gate, type GateRequest } from './gate.ts';

const cloud = makeCloud();
const shop = makeDeployment([makeApp(), makeApp({ name: 'redis', source: { template: 'redis' } })]);
const desk = makeDeployment([makeApp({ source: { template: 'redis' } })], 'desk');
const intents = makeIntents({ clusters: [makeCluster('p+a'), makeCluster('p+b')], clouds: [cloud], deployments: [shop, desk] });

const ref = (cluster: ClusterId, context: ContextId, app = 'web'): InstanceRef => ({ cluster, context, app });
const shopWeb = ref('p+a', shop.context.id);
const shopRedis = ref('p+a', shop.context.id, 'redis');
const deskWeb = ref('p+a', desk.context.id);
const cloudA = ref('p+a', cloud.context.id, LOGICAL_CLOUD_APP);
const lost = ref('p+a', '42' as ContextId);
const moved = ref('p+b', shop.context.id);
const wanted = [shopWeb, shopRedis, deskWeb, cloudA];
const names = new Map([
  [instanceKey(shopWeb), 'shop/web'],
  [instanceKey(shopRedis), 'shop/redis'],
  [instanceKey(deskWeb), 'desk/web'],
  [instanceKey(cloudA), 'cloud'],
  [instanceKey(lost), 'lost'],
  [instanceKey(moved), 'moved'],
]);

function finding(reach: Reach, severity: Severity = 'error'): Diagnostic {
  return { code: 'x', severity, message: 'Something is wrong', reach };
}

/** Names of the instances by verdict. */
function verdicts(request: Partial<GateRequest>): Record<'write' | 'keep' | 'remove', readonly string[]> {
  const gates = gate({ intents, wanted, committed: [...wanted, lost, moved], diagnostics: [], isolate: false, ...request });
  const of = (verdict: string): readonly string[] =>
    [...gates].filter(([, gated]) => gated.do === verdict).map(([key]) => names.get(key) ?? key);
  return { write: of('write'), keep: of('keep'), remove: of('remove') };
}

test('gate() writes what is wanted and removes what no intent asks for', () => {
  expect(verdicts({})).toEqual({ write: ['shop/web', 'shop/redis', 'desk/web', 'cloud'], keep: [], remove: ['lost', 'moved'] });
});

describe('isolated', () => {
  const isolated = (...reaches: Reach[]) => verdicts({ isolate: true, diagnostics: reaches.map((reach) => finding(reach)) });

  test.each<readonly [string, Reach, readonly string[], readonly string[]]>([
    [
      'an app: its instances, and nothing of its context is removed',
      { kind: 'context', context: shop.context, app: 'web' },
      ['shop/web', 'moved'],
      ['lost'],
    ],
    [
      'another app of the context: nothing of the context is removed',
      { kind: 'context', context: shop.context, app: 'redis' },
      ['shop/redis', 'moved'],
      ['lost'],
    ],
    ['a deployment: all its instances', { kind: 'context', context: shop.context }, ['shop/web', 'shop/redis', 'moved'], ['lost']],
    [
      'a deployment that is known by name only',
      { kind: 'context', context: { kind: 'DeploymentIntent', namespace: 'retail', name: 'shop' } },
      ['shop/web', 'shop/redis', 'moved'],
      ['lost'],
    ],
    ['a committed context', { kind: 'context', context: desk.context, committed: '42' as ContextId }, ['desk/web', 'lost'], ['moved']],
    [
      'a template: its instances, and apps that no intent knows',
      { kind: 'template', template: 'redis' },
      ['shop/redis', 'desk/web', 'lost'],
      ['moved'],
    ],
    [
      'a logical cloud: all in it',
      { kind: 'context', context: cloud.context },
      ['shop/web', 'shop/redis', 'desk/web', 'cloud', 'lost', 'moved'],
      [],
    ],
    ['what is unaccounted for: all that no intent asks for', { kind: 'unaccounted' }, ['lost', 'moved'], []],
    ['the run: everything', { kind: 'run' }, ['shop/web', 'shop/redis', 'desk/web', 'cloud', 'lost', 'moved'], []],
  ])('an error holds what it reaches: %s', (_name, reach, keep, remove) => {
    const { keep: kept, remove: removed } = isolated(reach);
    expect([...kept].sort()).toEqual([...keep].sort());
    expect(removed).toEqual(remove);
  });

  test('a warning holds nothing', () => {
    expect(verdicts({ isolate: true, diagnostics: [finding({ kind: 'run' }, 'warning')] }).keep).toEqual([]);
  });

  test('a cloud stays while an app is held on its cluster', () => {
    const gone = { ...intents, clouds: [], deployments: [] };
    const request = { intents: gone, wanted: [], committed: [shopWeb, cloudA, deskWeb], isolate: true };
    const error = finding({ kind: 'context', context: shop.context });
    expect(verdicts({ ...request, diagnostics: [error] })).toEqual({ write: [], keep: ['shop/web', 'cloud'], remove: ['desk/web'] });
    expect(verdicts({ ...request, diagnostics: [] }).remove).toEqual(['shop/web', 'desk/web']);
  });
});

describe('isolated, a cloud that gives a namespace up', () => {
  const past = (...names: readonly string[]): History => ({
    nameOf: () => undefined,
    idsOf: () => [],
    cloudOf: () => cloud.context,
    namespaceOn: () => names[0],
    levelOn: () => undefined,
    namespacesOn: (cluster) => (cluster === 'p+a' ? names : []),
  });
  const error = finding({ kind: 'context', context: shop.context, app: 'web' });
  const verdict = (history: History, diagnostics: readonly Diagnostic[] = [error]) =>
    verdicts({ committed: wanted, isolate: true, diagnostics, history });

  test('waits for its apps that are held', () => {
    expect(verdict(past('retail', 'retail-jobs'))).toEqual({ write: ['shop/redis', 'desk/web'], keep: ['shop/web', 'cloud'], remove: [] });
    expect(verdict(past('retail', 'retail-jobs'), []).keep).toEqual([]);
    expect(verdict(past('retail')).keep).toEqual(['shop/web']);
  });

  test('has all of its apps wait where it was to have another one', () => {
    expect(verdict(past('other', 'retail-jobs')).keep).toEqual(['shop/web', 'shop/redis', 'desk/web', 'cloud']);
  });
});

test('a cloud whose last apps only Git has stays until their removal is committed', () => {
  const gone = { ...intents, clouds: [], deployments: [] };
  const request = { intents: gone, wanted: [], committed: [cloudA] };
  expect(verdicts({ ...request, uncommitted: [] }).remove).toEqual(['cloud']);
  expect(verdicts({ ...request, uncommitted: [moved] }).remove).toEqual(['cloud']);
  expect(verdicts({ ...request, uncommitted: [shopWeb] }).keep).toEqual(['cloud']);
  const gated = gate({ ...request, diagnostics: [], isolate: false, uncommitted: [shopWeb] }).get(instanceKey(cloudA));
  expect(gated).toMatchObject({
    do: 'keep',
    reasons: [{ code: 'still-used', message: expect.stringContaining('not committed yet') as string }],
  });
});

test('a cluster without a document keeps all that it has', () => {
  const strange = ref('p+z', shop.context.id);
  const key = instanceKey(strange);
  const gated = gate({ intents, wanted, committed: [strange], diagnostics: [], isolate: false }).get(key);
  expect(gated).toEqual({ do: 'keep', reasons: [{ code: 'cluster-gone', message: 'cluster "p+z" has no Cluster document' }] });
});

describe('with a scope', () => {
  test('of a cluster, all other clusters are kept', () => {
    expect(verdicts({ scope: [{ kind: 'cluster', cluster: 'p+b' }] })).toEqual({
      write: [],
      keep: ['shop/web', 'shop/redis', 'desk/web', 'cloud', 'lost'],
      remove: ['moved'],
    });
  });

  test('of a deployment, all others are kept, its committed cloud too', () => {
    const scope = [{ kind: 'deployment', deployment: shop.context, cloud: cloud.context.id }] as const;
    expect(verdicts({ scope })).toEqual({ write: ['shop/web', 'shop/redis'], keep: ['desk/web', 'cloud', 'lost'], remove: ['moved'] });
    expect(verdicts({ scope, committed: [] }).write).toEqual(['shop/web', 'shop/redis', 'cloud']);
    const elsewhere = ref('p+b', cloud.context.id, LOGICAL_CLOUD_APP);
    const gates = gate({ intents, wanted: [shopWeb, elsewhere], committed: [], diagnostics: [], isolate: false, scope });
    expect(gates.get(instanceKey(elsewhere))?.do).toBe('keep');
  });
});
