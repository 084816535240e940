import { expect, test } from 'vitest';
import type { RepoPath } from '../model/source.ts';
import { loadKinds } from './load-kinds.ts';

function kindsOf(...texts: readonly string[]): readonly (readonly [string, unknown])[] {
  return [...loadKinds({ crds: texts.map((text, index) => ({ path: `templates/crds/${index}.yaml` as RepoPath, text })) })];
}

const usual = `---
# A comment
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: mice.example.net
spec:
  group: example.net
  names:
    kind: Mouse
    listKind: MouseList
    plural: mice
  scope: Cluster
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        properties:
          kind: {type: string}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
data:
  scope: Cluster
`;

test('loadKinds() reads definitions as tools print them, among other documents', () => {
  expect(kindsOf(usual)).toEqual([['example.net/Mouse', { resource: 'mice', isClusterScoped: true }]]);
});

test('loadKinds() reads definitions that are written otherwise', () => {
  const flow = `{"kind": "CustomResourceDefinition", "spec": {"group": "example.net", "scope": "Namespaced", "names": {"kind": "Till", "plural": "tills"}}}`;
  expect(
    kindsOf(flow, 'kind: CustomResourceDefinition\nspec:\n    group: a.b\n    scope: Namespaced\n    names: {kind: X, plural: exes}\n'),
  ).toEqual([
    ['example.net/Till', { resource: 'tills', isClusterScoped: false }],
    ['a.b/X', { resource: 'exes', isClusterScoped: false }],
  ]);
});

test.each(['', 'a: [', 'kind: CustomResourceDefinition', 'kind: CustomResourceDefinition\nspec: {group: 1, names: []}\n'])(
  'loadKinds() takes nothing from %j',
  (text) => {
    expect(kindsOf(text)).toEqual([]);
  },
);
