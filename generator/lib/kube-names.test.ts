import { expect, test } from 'vitest';
import { groupOf, isClusterScoped, isKubernetesGroup, objectIdentity, podTemplatePath } from './kube-names.ts';

test.each([
  ['v1', '', true],
  ['apps/v1', 'apps', true],
  ['networking.k8s.io/v1', 'networking.k8s.io', true],
  ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io', false],
  ['snapshot.storage.k8s.io/v1', 'snapshot.storage.k8s.io', false],
  ['cluster.x-k8s.io/v1beta2', 'cluster.x-k8s.io', false],
])('the group of %s is "%s", Kubernetes\' own: %s', (apiVersion, group, own) => {
  expect(groupOf(apiVersion)).toBe(group);
  expect(isKubernetesGroup(groupOf(apiVersion))).toBe(own);
});

test.each([
  ['v1', 'Namespace', true],
  ['v1', 'Service', false],
  ['storage.k8s.io/v1', 'StorageClass', true],
  ['storage.k8s.io/v1', 'CSIStorageCapacity', false],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', true],
  ['gateway.networking.k8s.io/v1', 'GatewayClass', true],
  ['gateway.networking.k8s.io/v1', 'Gateway', false],
  ['example.com/v1', 'Namespace', false],
])('%s %s is cluster-scoped: %s', (apiVersion, kind, scoped) => {
  expect(isClusterScoped({ apiVersion, kind })).toBe(scoped);
});

test('versions of a group are one object, groups are not', () => {
  const identity = (apiVersion: string) => objectIdentity({ apiVersion, kind: 'Event', metadata: { name: 'a', namespace: 'b' } });
  expect(identity('events.k8s.io/v1')).toBe(identity('events.k8s.io/v1beta1'));
  expect(identity('events.k8s.io/v1')).not.toBe(identity('v1'));
});

test('a hostile object has no pod template', () => {
  const metadata = { name: 'a' };
  expect(podTemplatePath({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: 'text' })).toBeUndefined();
  expect(podTemplatePath({ apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { jobTemplate: [] } })).toBeUndefined();
  expect(
    podTemplatePath({ apiVersion: 'x/v1', kind: 'Y', metadata, spec: { template: { metadata: {}, spec: { containers: 'none' } } } }),
  ).toBeUndefined();
});
