import { expect, test } from 'vitest';
import { makeApp, makeCluster, makeDeployment, makeTemplate } from '../../test/support/intents.ts';
import type { App } from '../model/api.generated.ts';
import type { Draft } from './draft.ts';
import { unreadVariables } from './unread-variables.ts';

const templates = new Map([['web', makeTemplate({ variables: { host: 'ingressDomain' } })]]);

function found(variables: Record<string, string | number>, app: Partial<App> = {}) {
  const clusters = [makeCluster('p+b', { variables }), makeCluster('p+a', { variables }), makeCluster('p+c')];
  const deployments = [makeDeployment([makeApp(app)])];
  return unreadVariables({ clusters, deployments, clouds: [], installations: [] } as unknown as Draft, templates);
}

test('unreadVariables() tells a misspelt variable once, at the first cluster, with what it may mean', () => {
  expect(found({ ingressDomian: 'x' })).toMatchObject([
    {
      code: 'unread-variable',
      severity: 'warning',
      message: 'Variable "ingressDomian" of cluster "p+a" and 1 more is read by no template and no selector',
      hint: 'Did you mean "ingressDomain"?',
      source: { file: 'p+a#spec.variables.ingressDomian~key' },
    },
  ]);
});

test('a variable like no other has no suggestion', () => {
  expect(found({ rack: 7 })).toMatchObject([{ hint: 'Declare it in the template that shall take it, or remove it' }]);
});

test.each<readonly [string, Record<string, string>, Partial<App>]>([
  ['a template declares', { ingressDomain: 'x' }, {}],
  ['an expression asks for', { rack: '7' }, { placement: { allOf: [{ expression: 'cluster.variables.rack == "7"' }] } }],
  ['an expression asks for in another way', { rack: '7' }, { placement: { allOf: [{ expression: '"rack" in cluster.variables' }] } }],
  [
    'a chart takes',
    { rack: '7' },
    { source: { chart: { repository: 'https://example.com', name: 'web', version: '1.0.0', variables: { rack: 'rack' } } } },
  ],
])('a variable that %s is read', (_name, variables, app) => {
  expect(found(variables, app)).toEqual([]);
});
