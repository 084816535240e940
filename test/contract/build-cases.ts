import type { Json } from '../../generator/model/json.ts';
import { annotated, configMap, deployment, text, web, webWithLogFirst } from './sample-objects.ts';

/** A tree that builds, and the objects that must come out of either engine, in that order. */
export interface BuildCase {
  readonly title: string;
  readonly root?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly objects: readonly Json[];
}

export const buildCases: readonly BuildCase[] = [
  {
    title: 'a base of several documents, in the order of kinds',
    files: {
      'kustomization.yaml': 'resources: [all.yaml]',
      'all.yaml': `${deployment}---\n${text(configMap('one'))}\n---\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: space}}\n`,
    },
    objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'space' } }, configMap('one'), web()],
  },
  {
    title: 'the order of the files where sortOptions say so',
    files: {
      'kustomization.yaml': 'resources: [web.yaml, b.yaml, a.yaml]\nsortOptions: {order: fifo}',
      'web.yaml': deployment,
      'a.yaml': text(configMap('a')),
      'b.yaml': text(configMap('b')),
    },
    objects: [web(), configMap('b'), configMap('a')],
  },
  {
    title: 'nothing from an empty list of resources',
    files: { 'kustomization.yaml': 'resources: []' },
    objects: [],
  },
  {
    title: 'an overlay: namespace, prefix, suffix, image, replicas',
    root: 'overlays/a+b',
    files: {
      'base/kustomization.yml': 'resources: [web.yaml]',
      'base/web.yaml': deployment,
      'overlays/a+b/kustomization.yaml':
        'resources: [../../base]\nnamespace: shop\nnamePrefix: pre-\nnameSuffix: -post\nimages: [{name: nginx, newName: example.com/nginx, newTag: "2"}, {name: "registry.example.com:5000/log", digest: "sha256:abc"}]\nreplicas: [{name: web, count: 3}]',
    },
    objects: [
      web({
        name: 'pre-web-post',
        namespace: 'shop',
        replicas: 3,
        web: { image: 'example.com/nginx:2' },
        log: { image: 'registry.example.com:5000/log@sha256:abc' },
      }),
    ],
  },
  {
    title: 'file names of all sorts',
    root: 'a b',
    files: {
      'a b/kustomization.yaml': 'resources: ["x+y@1.yaml", "ü=(z).yaml"]',
      'a b/x+y@1.yaml': text(configMap('x')),
      'a b/ü=(z).yaml': text(configMap('z')),
    },
    objects: [configMap('x'), configMap('z')],
  },
  {
    title: 'a component',
    root: 'overlay',
    files: {
      'base/kustomization.yaml': 'resources: [web.yaml]',
      'base/web.yaml': deployment,
      'component/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [extra.yaml]\nreplicas: [{name: web, count: 5}]',
      'component/extra.yaml': text(configMap('extra')),
      'overlay/kustomization.yaml': 'resources: [../base]\ncomponents: [../component]',
    },
    objects: [configMap('extra'), web({ replicas: 5 })],
  },
  {
    title: 'strategic patches: in a file of two documents, inline, and deleting',
    files: {
      'kustomization.yaml': `
resources: [web.yaml, a.yaml, b.yaml]
patches:
- path: two.yaml
- patch: |-
    $patch: delete
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: b}
`,
      'web.yaml': deployment,
      'a.yaml': text(configMap('a')),
      'b.yaml': text(configMap('b')),
      'two.yaml':
        '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: null, c: d}}\n---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {containers: [{name: log, imagePullPolicy: Always}]}}}}',
    },
    // The patched container comes first: kustomize merges lists in the patch's order.
    objects: [configMap('a', { c: 'd' }), webWithLogFirst({ imagePullPolicy: 'Always' })],
  },
  {
    title: 'JSON patches with a target',
    files: {
      'kustomization.yaml': `
resources: [web.yaml, a.yaml]
patches:
- target: {kind: Deployment, name: w.*}
  patch: |-
    - {op: replace, path: /spec/replicas, value: 7}
    - {op: add, path: /metadata/labels, value: {x~y: "1"}}
- target: {kind: ConfigMap}
  path: patch.json
`,
      'web.yaml': deployment,
      'a.yaml': text(configMap('a')),
      'patch.json': '[{"op": "add", "path": "/data/a~1b", "value": "c"}, {"op": "remove", "path": "/data/a"}]',
    },
    objects: [configMap('a', { 'a/b': 'c' }), web({ replicas: 7, labels: { 'x~y': '1' } })],
  },
  {
    title: 'labels, with and without selectors and templates',
    files: {
      'kustomization.yaml':
        'resources: [web.yaml]\nlabels: [{pairs: {s: "1"}, includeSelectors: true}, {pairs: {m: "2"}}]\ncommonAnnotations: {note: "3"}',
      'web.yaml': deployment,
    },
    objects: [annotated(web({ labels: { m: '2', s: '1' }, all: { s: '1' } }), { note: '3' })],
  },
  {
    title: 'labels in templates only',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nlabels: [{pairs: {t: "1"}, includeTemplates: true}]',
      'a.yaml':
        '{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}',
    },
    objects: [
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'j', labels: { t: '1' } },
        spec: {
          template: { metadata: { labels: { t: '1' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] } },
        },
      },
    ],
  },
  {
    title: 'generators with hashes, and references to what they make',
    files: {
      'kustomization.yaml': `
resources: [pod.yaml]
configMapGenerator:
- {name: conf, literals: [a=1, "u=http://x"], files: [dir/f.txt, other=dir/f.txt], envs: [e.env]}
- {name: plain, literals: [a=1], options: {disableNameSuffixHash: true, labels: {l: "1"}}}
secretGenerator: [{name: sec, literals: [k=v]}]
`,
      'dir/f.txt': 'line\n',
      'e.env': 'E=5\n',
      'pod.yaml':
        '{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, envFrom: [{configMapRef: {name: conf}}, {secretRef: {name: sec}}]}]}}',
    },
    objects: [
      configMap('conf-5967hgb4t2', { E: '5', a: '1', 'f.txt': 'line\n', other: 'line\n', u: 'http://x' }),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'plain', labels: { l: '1' } }, data: { a: '1' } },
      { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata: { name: 'sec-ftgtgc4t9f' }, data: { k: 'dg==' } },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p' },
        spec: {
          containers: [
            { name: 'c', image: 'i', envFrom: [{ configMapRef: { name: 'conf-5967hgb4t2' } }, { secretRef: { name: 'sec-ftgtgc4t9f' } }] },
          ],
        },
      },
    ],
  },
  {
    title: 'replacements',
    files: {
      'kustomization.yaml': `
resources: [web.yaml, a.yaml]
replacements:
- source: {kind: ConfigMap, name: a, fieldPath: data.image}
  targets:
  - select: {kind: Deployment}
    fieldPaths: ["spec.template.spec.containers.[name=web].image"]
`,
      'web.yaml': deployment,
      'a.yaml': text(configMap('a', { image: 'other:3' })),
    },
    objects: [configMap('a', { image: 'other:3' }), web({ web: { image: 'other:3' } })],
  },
];
