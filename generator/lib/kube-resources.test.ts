import { expect, test } from 'vitest';
import { kindFacts } from './kube-resources.ts';

test.each([
  ['v1', 'Endpoints', 'endpoints'],
  ['v1', 'Pod', 'pods'],
  ['networking.k8s.io/v1', 'Ingress', 'ingresses'],
  ['networking.k8s.io/v1', 'IPAddress', 'ipaddresses'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'],
  ['storage.k8s.io/v1', 'CSIStorageCapacity', 'csistoragecapacities'],
  ['storage.k8s.io/v1', 'StorageClass', 'storageclasses'],
  ['gateway.networking.k8s.io/v1', 'Gateway', 'gateways'],
  ['gateway.networking.k8s.io/v1', 'TLSRoute', 'tlsroutes'],
  ['policies.kyverno.io/v1', 'ValidatingPolicy', 'validatingpolicies'],
  ['example.net/v1', 'Mesh', 'meshes'],
])('kindFacts() calls %s %s "%s"', (apiVersion, kind, resource) => {
  expect(kindFacts({ apiVersion, kind }).resource).toBe(resource);
});

test("kindFacts() is certain of Kubernetes' own kinds and of those with a definition", () => {
  const kinds = new Map([['example.net/Mouse', { resource: 'mice', isClusterScoped: true }]]);
  const certain = (apiVersion: string, kind: string) => kindFacts({ apiVersion, kind }, kinds).isCertain;
  expect([certain('apps/v1', 'Deployment'), certain('example.net/v1', 'Mouse'), certain('example.net/v1', 'Cat')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(kindFacts({ apiVersion: 'example.net/v1', kind: 'Mouse' }, kinds)).toMatchObject({ resource: 'mice', isClusterScoped: true });
});
