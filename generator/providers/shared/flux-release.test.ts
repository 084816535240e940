import { expect, test } from 'vitest';
import type { JsonObject } from '../../model/json.ts';
import { fluxLeavesObjects } from './flux-release.ts';

const kustomization: JsonObject = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' };

test.each<readonly [JsonObject, boolean]>([
  [{ ...kustomization, spec: { deletionPolicy: 'Orphan' } }, true],
  [{ ...kustomization, spec: { prune: false } }, true],
  [{ ...kustomization, spec: { deletionPolicy: 'Delete' } }, false],
  [{ ...kustomization, spec: { deletionPolicy: 'Delete', prune: false } }, false],
  [{ ...kustomization, spec: { prune: true } }, false],
  [{ ...kustomization, metadata: { annotations: { note: 'deletionPolicy: Orphan' } } }, false],
  [{ apiVersion: 's3.aws.upbound.io/v1beta1', kind: 'Bucket', spec: { deletionPolicy: 'Orphan' } }, false],
  [{}, false],
])('fluxLeavesObjects(%j) is %s', (reference, isLeft) => {
  expect(fluxLeavesObjects(reference)).toBe(isLeft);
});
