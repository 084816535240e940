import { expect, test } from 'vitest';
import { makeApp, makeCloud, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import { place } from '../04-place/place.ts';
import type { App } from '../model/api.generated.ts';
import type { ContextId } from '../model/context.ts';
import { createReasonFinder } from './removal-reasons.ts';

const clusters = [
  makeCluster('p+a', { labels: { tier: 'edge' } }),
  makeCluster('p+b', { labels: { teir: 'edge' } }),
  makeCluster('p+c', { labels: { tier: 'edge' }, state: 'Removed' }),
];

function reasons(placement: App['placement'], app = 'web'): readonly string[] {
  const deployment = makeDeployment([makeApp({ placement })]);
  const { value } = place(makeIntents({ clusters, clouds: [makeCloud()], deployments: [deployment] }));
  const finder = createReasonFinder(value, new Map([[deployment.context.id, deployment.context]]));
  return finder(deployment.context.id, app, ['p+b', 'p+c']).map((found) => `${found.clusters.join(' ')}: ${found.reason}`);
}

test('a cluster that no selector matches is told what they ask for; a rejected one, why', () => {
  expect(reasons({ allOf: [{ matchLabels: { tier: 'edge' } }] })).toEqual([
    'p+b: its placement does not match: it asks for label tier=edge',
    'p+c: allOf[0]: label tier=edge; its state is Removed',
  ]);
});

test('all selectors are named, those of nested lists too', () => {
  expect(reasons({ allOf: [{ anyOf: [{ cluster: 'a' }, { cluster: 'd' }] }], anyOf: [{ provider: 'q' }] })).toEqual([
    'p+b p+c: its placement does not match: it asks for cluster a, or cluster d, or provider q',
  ]);
});

test('an app that the deployment does not list any more', () => {
  expect(reasons({ allOf: [{}] }, 'api')).toEqual(['p+b p+c: the deployment has no app of that name']);
});

test('a logical cloud goes last', () => {
  const [reason] = createReasonFinder([], new Map())('7' as ContextId, 'logical-cloud', ['p+a']);
  expect(reason).toEqual({ clusters: ['p+a'], reason: expect.stringContaining('no app of it is left') as string });
});

test('a context that no document speaks of has no reason: a warning tells of it', () => {
  expect(createReasonFinder([], new Map())('7' as ContextId, 'web', ['p+a'])).toEqual([]);
});
