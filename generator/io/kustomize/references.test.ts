import { expect, test } from 'vitest';
import { findWayOut } from './references.ts';

function check(kustomization: string, others: Readonly<Record<string, string>> = {}): string | undefined {
  return findWayOut(new Map(Object.entries({ 'o/kustomization.yaml': kustomization, ...others })));
}

test.each([
  ['a URL among resources', 'resources: ["https://example.com/x.yaml"]'],
  ['a URL under a key in other letters', 'RESOURCES: ["http://127.0.0.1/x"]'],
  ['a key that only Go folds to the same letters', 'reſources: ["http://127.0.0.1/x"]'],
  ['a repository', 'resources: ["git@github.com:a/b"]'],
  ['a repository by scheme', 'components: ["ssh://git@example.com/a"]'],
  ['a local repository', 'bases: ["file:///srv/repo"]'],
  ['a folder outside', 'resources: [../../secret]'],
  ['a folder outside, by a detour', 'resources: [a/../../../secret]'],
  ['an absolute path', 'resources: [/etc]'],
  ['a URL of a patch', 'patches: [{path: "https://example.com/p.yaml"}]'],
  ['a URL of an old patch', 'patchesStrategicMerge: ["https://example.com/p.yaml"]'],
  ['a URL of a JSON patch', 'patchesJson6902: [{target: {}, path: "HTTPS://example.com/p.yaml"}]'],
  ['a URL of a schema', 'openapi: {path: "https://example.com/p.json"}'],
  ['a URL in a generator', 'configMapGenerator: [{name: a, files: ["https://example.com/p"]}]'],
  ['a URL in a generator, behind a name', 'secretGenerator: [{name: a, files: ["k=https://example.com/p"]}]'],
  ['a URL of an env file', 'configMapGenerator: [{name: a, envs: ["https://example.com/p"]}]'],
  ['a chart', 'helmCharts: [{name: a, repo: "https://example.com"}]'],
  [
    'a plugin on the spot',
    'transformers: ["{apiVersion: builtin, kind: PatchTransformer, metadata: {name: a}, path: \'http://127.0.0.1/x\'}"]',
  ],
  ['a plugin from a folder', 'generators: [../p]'],
  ['a URL of a plugin', 'validators: ["https://example.com/p.yaml"]'],
  ['what cannot be read', 'resources: [a'],
])('findWayOut() refuses %s', (_, kustomization) => {
  expect(check(kustomization)).toContain('o/kustomization.yaml');
});

test('findWayOut() reads the files that configure plugins', () => {
  const plugin = 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: a}\npath: ';
  expect(check('transformers: [t]', { 'o/t': `${plugin}https://example.com/p` })).toContain('"o/t" refers to "https://example.com/p"');
  expect(check('transformers: [t]', { 'o/t': `${plugin}p.yaml` })).toBeUndefined();
});

test('findWayOut() looks at every kustomization, whatever its file is called', () => {
  for (const name of ['b/kustomization.yml', 'Kustomization', 'a/b/kustomization.yaml']) {
    expect(check('resources: []', { [name]: 'resources: ["https://example.com"]' })).toContain(name);
  }
});

test('findWayOut() lets everything pass that stays inside', () => {
  const kustomization = `
resources: [../base, a.yaml, ./b/, "c+d/e"]
components: [../parts/one]
patches:
- path: p.yaml
- target: {kind: Deployment}
  patch: |-
    - {op: add, path: /metadata/annotations/x, value: "https://example.com"}
patchesStrategicMerge:
- |-
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: "https://example.com"}
labels: [{pairs: {a: b}, fields: [{path: spec/template/metadata/labels, create: true}]}]
configMapGenerator: [{name: a, files: [x=../base/../o/y], literals: ["url=https://example.com"], envs: [e.env]}]
transformers:
- |-
  apiVersion: builtin
  kind: AnnotationsTransformer
  metadata: {name: a}
  annotations: {url: "https://example.com"}
  fieldSpecs: [{path: metadata/annotations, create: true}]
images: [{name: "localhost:5000/a", newName: "registry.example.com:5000/a"}]
`;
  expect(check(kustomization)).toBeUndefined();
  expect(check('resources: []', { 'o/notes.txt': 'resources: ["https://example.com"]' })).toBeUndefined();
});
