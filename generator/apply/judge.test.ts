import { expect, test } from 'vitest';
import type { DeploymentId, ObjectRef } from '../model/apply.ts';
import type { JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { judge, occupants } from './judge.ts';

const id = '1-web' as DeploymentId;
const ref: ObjectRef = { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'n', name: 'x' };
const claim: ObjectRef = { ...ref, kind: 'PersistentVolumeClaim' };

function live(labels: JsonObject, annotations: JsonObject = {}): JsonObject {
  return { metadata: { name: 'x', labels, annotations } };
}

const OURS = { 'emco/deployment-id': '1-web' };

test.each([
  ['ours', ref, live(OURS), false, 'delete'],
  ['without a label', ref, live({}), false, 'stay'],
  ['of another instance', ref, live({ 'emco/deployment-id': '1-api' }), false, 'stay'],
  ['kept by our annotation', ref, live(OURS, { 'espalier.dev/prune': 'disabled' }), false, 'stay'],
  ['kept by Flux’s annotation', ref, live(OURS, { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }), false, 'stay'],
  ['kept by one of Argo CD’s options', ref, live(OURS, { 'argocd.argoproj.io/sync-options': 'Replace=true,Prune=false' }), false, 'stay'],
  ['with another of Argo CD’s options', ref, live(OURS, { 'argocd.argoproj.io/sync-options': 'Prune=true' }), false, 'delete'],
  ['a claim', claim, live(OURS), false, 'stay'],
  ['a claim that may go', claim, live(OURS), true, 'delete'],
] as const)('an object %s', (_, which, object, deleteData, expected) => {
  expect(judge(which, object, { id, deleteData }).do).toBe(expected);
});

test('a claim stays ours, what lost our label does not', () => {
  expect(judge(claim, live(OURS), { id, deleteData: false })).toMatchObject({ isOurs: true });
  expect(judge(ref, live({}), { id, deleteData: false })).toMatchObject({ isOurs: false });
});

const isNamespaced = (_: string, kind: string): boolean => kind !== 'Platform';

function there(kind: string, name: string, metadata: JsonObject = {}, apiVersion = 'v1'): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace: 'n', ...metadata } };
}

test.each([
  ['what Kubernetes puts everywhere', there('ConfigMap', 'kube-root-ca.crt'), []],
  ['events', there('Event', 'x'), []],
  ['what goes already', there('Pod', 'x', { deletionTimestamp: '2026-01-01T00:00:00Z' }), []],
  ['what this run deletes', there('ConfigMap', 'mine'), []],
  [
    'what belongs to something in the namespace',
    there('Pod', 'x', { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet' }] }),
    [],
  ],
  [
    'what belongs to something of the cluster',
    there('Pod', 'x', { ownerReferences: [{ apiVersion: 'p/v1', kind: 'Platform' }] }),
    ['Pod n/x'],
  ],
  ['a claim', there('PersistentVolumeClaim', 'data'), ['PersistentVolumeClaim n/data']],
  ['a custom object', there('Widget', 'w', {}, 'rig/v1'), ['Widget n/w']],
] as const)('a namespace with %s', (_, object, expected) => {
  expect(occupants([object], { going: new Set(['/ConfigMap/n/mine']), isNamespaced })).toEqual(expected);
});
