import { expect, test } from 'vitest';
import { makeCloud } from '../../test/support/intents.ts';
import type { Permission } from '../model/api.generated.ts';
import type { KubeObject } from '../model/kube.ts';
import { isPlaced, judge } from './tenancy.ts';

const verbs: Permission['verbs'] = ['get', 'create', 'patch', 'delete'];

function object(kind: string, apiVersion = 'v1', namespace?: string): KubeObject {
  return { apiVersion, kind, metadata: { name: 'one', ...(namespace !== undefined && { namespace }) } };
}

const cloud = {
  ...makeCloud({
    namespaces: [{ name: 'retail' }, { name: 'jobs' }],
    permissions: [
      { apiGroups: [''], resources: ['services'], verbs },
      { apiGroups: ['networking.k8s.io'], resources: ['*'], verbs: ['*'] },
      { apiGroups: ['batch'], resources: ['jobs'], verbs, namespaces: ['jobs'] },
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'patch'] },
      { apiGroups: ['', 'apps'], resources: ['configmaps'], verbs: ['create'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs, account: false, groups: ['all'] },
      { apiGroups: ['scheduling.k8s.io'], resources: ['priorityclasses'], verbs, scope: 'Cluster' },
      { apiGroups: [''], resources: ['endpoints'], verbs, scope: 'Cluster' },
      { apiGroups: ['example.net'], resources: ['mice', 'gateways'], verbs },
    ],
  }),
  kinds: new Map([
    ['example.net/Mouse', { resource: 'mice', isClusterScoped: false }],
    ['example.net/Cat', { resource: 'cats', isClusterScoped: true }],
  ]),
};

test.each([
  ['a kind that a permission names', object('Service'), 'fine'],
  ["one in another of the cloud's namespaces", object('Service', 'v1', 'jobs'), 'fine'],
  ["one in a namespace that is not the cloud's", object('Service', 'v1', 'kube-system'), 'elsewhere'],
  ['any kind of a group', object('Ingress', 'networking.k8s.io/v1'), 'fine'],
  ['a kind that is permitted in the namespace', object('Job', 'batch/v1', 'jobs'), 'fine'],
  ['a kind that is permitted in another one', object('Job', 'batch/v1'), 'forbidden create,delete,get,patch'],
  ['a kind whose verbs come from several permissions', object('ConfigMap'), 'forbidden delete'],
  ['a kind that people may have', object('Deployment', 'apps/v1'), 'forbidden create,delete,get,patch'],
  ['a kind of the whole cluster that is permitted', object('PriorityClass', 'scheduling.k8s.io/v1'), 'fine'],
  ['a kind of the whole cluster that is not', object('Namespace'), 'cluster-wide'],
  ['a kind of a namespace that is permitted everywhere', object('Endpoints'), 'fine'],
  ['a kind of the whole cluster that is permitted everywhere, named elsewhere', object('Endpoints', 'v1', 'other'), 'elsewhere'],
  ['a kind with a definition', object('Mouse', 'example.net/v1'), 'fine'],
  ['a kind of the whole cluster with a definition', object('Cat', 'example.net/v1'), 'cluster-wide'],
  ['a kind whose usual plural is permitted', object('Gateway', 'example.net/v1'), 'fine'],
  ['a kind whose plural is not known', object('Fish', 'example.net/v1'), 'perhaps forbidden create,delete,get,patch'],
  ['a kind of a group that is not permitted', object('Fish', 'example.org/v1'), 'forbidden create,delete,get,patch'],
])('judge() says of %s: %s', (_, one, expected) => {
  const verdict = judge(one, cloud);
  const shown = verdict.is === 'forbidden' ? `${verdict.isCertain ? '' : 'perhaps '}forbidden ${verdict.verbs.join()}` : verdict.is;
  expect(shown).toBe(expected);
});

test('judge() lets charts have what carries them, in the first namespace', () => {
  const withCharts = makeCloud({ ...cloud.value.spec, charts: true });
  const release = 'helm.toolkit.fluxcd.io/v2';
  expect(judge(object('HelmRelease', release), withCharts).is).toBe('fine');
  expect(judge(object('HelmRelease', release, 'jobs'), withCharts).is).toBe('forbidden');
  expect(judge(object('HelmRelease', release), cloud).is).toBe('forbidden');
});

test('isPlaced() knows what must not be given a namespace', () => {
  expect(
    [object('Cat', 'example.net/v1'), object('Namespace'), object('Service', 'v1', 'jobs')].map((one) => isPlaced(one, cloud)),
  ).toEqual([true, true, true]);
  expect([object('Mouse', 'example.net/v1'), object('Service')].map((one) => isPlaced(one, cloud))).toEqual([false, false]);
});
