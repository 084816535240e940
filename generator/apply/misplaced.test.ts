import { expect, test } from 'vitest';
import { deploymentId, type TreeInstance } from '../model/apply.ts';
import { type ContextId, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { KubeObject } from '../model/kube.ts';
import type { RepoPath } from '../model/source.ts';
import { misplaced, type OwnCloud } from './misplaced.ts';

const [CLOUD, OTHER, SHOP] = ['1', '2', '3'] as unknown as readonly [ContextId, ContextId, ContextId];

function instance(context: ContextId, app: string, objects: readonly KubeObject[]): TreeInstance {
  const at = () => ({ file: 'a.yaml' as RepoPath, line: 1, column: 1, length: 1 });
  const files = objects.map((object) => ({ path: `${app}/${object.kind}.yaml` as RepoPath, object, at }));
  return { id: deploymentId(context, app), context, app, objects: files, dependsOn: [], isAdmins: false };
}

const object = (kind: string, name: string, namespace?: string): KubeObject => ({
  apiVersion: kind === 'ClusterRole' ? 'rbac.authorization.k8s.io/v1' : 'v1',
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});
const cloud = (context: ContextId, namespace: string, ...more: readonly KubeObject[]): TreeInstance =>
  instance(context, LOGICAL_CLOUD_APP, [object('Namespace', namespace), object('ServiceAccount', namespace, namespace), ...more]);

function reasons(app: readonly KubeObject[], own: OwnCloud | undefined, more: readonly KubeObject[] = []): readonly string[] {
  const tree = [cloud(CLOUD, 'retail', ...more), cloud(OTHER, 'telemetry'), instance(SHOP, 'cart', app)];
  const isReserved = (name: string): boolean => name.startsWith('kube-') || name === 'espalier-system' || name === 'flux-system';
  return misplaced(tree, { cloudOf: ({ context }) => (context === SHOP ? own : undefined), isReserved }).map(({ reason }) => reason);
}

const retail: OwnCloud = { context: CLOUD, isAdmins: false };
const admins: OwnCloud = { context: '9' as ContextId, isAdmins: true };
const unseen: OwnCloud = { context: '9' as ContextId, isAdmins: false };

test.each([
  ['a tenant’s app in its namespace', [object('ConfigMap', 'x', 'retail')], retail],
  ['what has no namespace', [object('ClusterRole', 'x'), object('Namespace', 'another')], retail],
  ['a kind without one, whatever its file says', [object('ClusterRole', 'x', 'kube-system')], retail],
  ['administrators anywhere', [object('ConfigMap', 'x', 'kube-system'), object('Namespace', 'monitoring')], admins],
  ['an app of which nothing tells the cloud', [object('ConfigMap', 'x', 'anywhere')], undefined],
  ['an app whose cloud is not in the tree', [object('ConfigMap', 'x', 'anywhere')], unseen],
])('%s is fine', (_, objects, own) => {
  expect(reasons(objects, own)).toEqual([]);
});

test.each([
  [
    'another tenant’s namespace',
    [object('ConfigMap', 'x', 'telemetry')],
    retail,
    'in namespace "telemetry", and its logical cloud has "retail"',
  ],
  ['Kubernetes’ namespace', [object('ConfigMap', 'x', 'kube-system')], retail, 'in namespace "kube-system"'],
  ['the records’ namespace', [object('ConfigMap', 'inventory-1-x', 'espalier-system')], admins, 'where Espalier keeps its records'],
  ['the records’ namespace itself', [object('Namespace', 'espalier-system')], admins, 'namespace "espalier-system" is reserved'],
  ['an agent’s namespace itself', [object('Namespace', 'flux-system')], admins, 'namespace "flux-system" is reserved'],
  ['Kubernetes’ namespace, of an unknown cloud', [object('ConfigMap', 'x', 'kube-system')], undefined, 'which is reserved'],
  ['Kubernetes’ namespace, of a cloud not there', [object('ConfigMap', 'x', 'kube-system')], unseen, 'which is reserved'],
])('%s is refused', (_, objects, own, says) => {
  expect(reasons(objects, own)).toEqual([expect.stringContaining(says)]);
});

test('an app of which no decision tells has nothing in a tenant’s namespace', () => {
  expect(reasons([object('ConfigMap', 'x', 'retail'), object('Namespace', 'monitoring')], undefined)).toEqual([
    'it is in namespace "retail" of a logical cloud, and no decision says that its app is of that',
  ]);
});

test('an object that is in two instances is refused in both', () => {
  const more = [object('ConfigMap', 'x', 'retail')];
  expect(reasons([object('ConfigMap', 'x', 'retail')], retail, more)).toEqual([
    'ConfigMap retail/x is in cart/ConfigMap.yaml too',
    'ConfigMap retail/x is in logical-cloud/ConfigMap.yaml too',
  ]);
});

test('a cloud’s own folder holds nothing of other namespaces, and makes none that is reserved', () => {
  expect(reasons([], retail, [object('ConfigMap', 'coredns', 'kube-system')])).toEqual([
    'it is in namespace "kube-system", and its logical cloud has "retail"',
  ]);
  expect(reasons([], retail, [object('Namespace', 'kube-system')])).toEqual(['namespace "kube-system" is reserved']);
});
