import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubeObject } from '../model/kube.ts';
import { objectFileName } from './object-file-name.ts';

function object(apiVersion: string, kind: string, metadata: { readonly name: string; readonly namespace?: string }): KubeObject {
  return { apiVersion, kind, metadata };
}

test.each([
  [object('v1', 'Service', { name: 'web' }), 'web-service.yaml'],
  [object('v1', 'Service', { name: 'web', namespace: 'retail' }), 'web-service.yaml'],
  [object('v1', 'ServiceAccount', { name: 'web', namespace: 'flux-system' }), 'web-serviceaccount.flux-system.yaml'],
  [object('networking.k8s.io/v1', 'Ingress', { name: 'web' }), 'web-ingress.yaml'],
  [object('gateway.networking.k8s.io/v1', 'HTTPRoute', { name: 'web' }), 'web-httproute.gateway.networking.k8s.io.yaml'],
  [object('cert-manager.io/v1', 'Certificate', { name: 'web', namespace: 'ops' }), 'web-certificate.cert-manager.io.ops.yaml'],
  [object('rbac.authorization.k8s.io/v1', 'Role', { name: 'system:Reader' }), 'system_3a_52eader-role.yaml'],
  [object('v1', 'ConfigMap', { name: '../../etc' }), '.._2f.._2fetc-configmap.yaml'],
  [object('v1', 'ConfigMap', { name: 'é' }), '_c3_a9-configmap.yaml'],
])('the file of %o is %s', (value, name) => {
  expect(objectFileName(value, 'retail')).toBe(name);
});

test('a name that no file system takes is cut, and stays its own', () => {
  const long = 'x'.repeat(253);
  const [one, other] = [long, `${long.slice(1)}y`].map((name) =>
    objectFileName(object('rbac.authorization.k8s.io/v1', 'RoleBinding', { name }), 'retail'),
  );
  expect(one).toHaveLength(245);
  expect(one).not.toBe(other);
});

test('different objects have different files, safe on every file system', () => {
  const kind = fc.constantFrom('Service', 'ConfigMap', 'Deployment');
  const name = fc.string({ minLength: 1, maxLength: 300, unit: 'binary' });
  const namespace = fc.constantFrom('retail', 'vision', 'a-b');
  const arbitrary = fc.record({ kind, name, namespace });
  fc.assert(
    fc.property(arbitrary, arbitrary, (a, b) => {
      const [one = '', other = ''] = [a, b].map((parts) => objectFileName(object('v1', parts.kind, parts), 'retail'));
      expect(one).toMatch(/^[a-z0-9._-]+\.yaml$/);
      expect(one.length).toBeLessThanOrEqual(245);
      expect(one === other).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});
