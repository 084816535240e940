import { expect, test } from 'vitest';
import { makeApp, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import type { ContextId } from '../model/context.ts';
import type { Reach } from '../model/diagnostic.ts';
import { gateDecisions } from './gate-decisions.ts';
import type { GateRequest } from './gate.ts';

const shop = makeDeployment([makeApp(), makeApp({ name: 'redis' })]);
const intents = makeIntents({ clusters: [makeCluster('p+a')], deployments: [shop, makeDeployment([makeApp()], 'desk')] });

function kept(request: Partial<GateRequest>): readonly string[] {
  const keeps = gateDecisions({ intents, wanted: [], committed: [], diagnostics: [], isolate: true, ...request });
  return ['shop/web', 'shop/redis', 'desk/web', 'gone/web'].filter((name) => {
    const [deployment = '', app = ''] = name.split('/');
    return keeps({ namespace: 'retail', deployment, app });
  });
}

const renamed = { kind: 'DeploymentIntent', namespace: 'retail', name: 'gone', id: '7' as ContextId } as const;

test.each<readonly [string, Reach, readonly string[]]>([
  ['an app', { kind: 'context', context: shop.context, app: 'web' }, ['shop/web']],
  ['a deployment', { kind: 'context', context: shop.context }, ['shop/web', 'shop/redis']],
  ['a deployment with mistakes and a kept id', { kind: 'context', context: renamed }, ['gone/web']],
  ['what is unaccounted for', { kind: 'unaccounted' }, ['gone/web']],
])('an error of %s keeps its decisions', (_name, reach, decisions) => {
  expect(kept({ diagnostics: [{ code: 'x', severity: 'error', message: 'Wrong', reach }] })).toEqual(decisions);
});

test('without errors nothing is kept', () => {
  expect(kept({})).toEqual([]);
});

test('a scope keeps the decisions of all other deployments', () => {
  expect(kept({ scope: [{ kind: 'deployment', deployment: shop.context }] })).toEqual(['desk/web', 'gone/web']);
  expect(kept({ scope: [{ kind: 'cluster', cluster: 'p+a' }] })).toEqual(['shop/web', 'shop/redis', 'desk/web', 'gone/web']);
});

test('a gone deployment that is named alone loses its decisions, whatever id it had kept', () => {
  const history = {
    nameOf: () => undefined,
    cloudOf: () => undefined,
    namespaceOn: () => undefined,
    levelOn: () => undefined,
    namespacesOn: () => [],
    idsOf: () => ['77' as ContextId],
  };
  const gone = { kind: 'DeploymentIntent', namespace: 'retail', name: 'gone', id: '77' as ContextId } as const;
  expect(kept({ scope: [{ kind: 'deployment', deployment: gone }], history })).toEqual(['shop/web', 'shop/redis', 'desk/web']);
});
