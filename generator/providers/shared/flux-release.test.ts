import { expect, test } from 'vitest';
import { fluxLeavesObjects } from './flux-release.ts';

test.each([
  ['kind: Kustomization\nspec:\n  deletionPolicy: Orphan\n', true],
  ['kind: Kustomization\nspec:\n  deletionPolicy: Delete\n', false],
  ['kind: Kustomization\nspec:\n  prune: true\n', false],
  ['kind: Kustomization\nmetadata:\n  annotations:\n    note: "deletionPolicy: Orphan"\n', false],
  ['spec: {deletionPolicy: Orphan}\n---\nspec: {}\n', false],
  ['spec: {deletionPolicy: Orphan\n', false],
  ['', false],
])('fluxLeavesObjects(%j) is %s', (text, isLeft) => {
  expect(fluxLeavesObjects(text)).toBe(isLeft);
});
