import type { BuildCase } from './build-cases.ts';
import { configMap, deployment, text, web } from './sample-objects.ts';

/** Values and kinds that kustomize does not know, old fields, plugins. */
export const valueCases: readonly BuildCase[] = [
  {
    title: 'custom resources: lists are replaced, tokens and unknown kinds pass',
    files: {
      'kustomization.yaml': `
resources: [cr.yaml]
namespace: shop
patches: [{patch: "{apiVersion: example.com/v1, kind: Thing, metadata: {name: t}, spec: {list: [{name: b}]}}"}]
`,
      'cr.yaml':
        'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t, labels: {token: zz3zz}}\nspec: {list: [{name: a}, {name: c}], size: zz4zz}\n',
    },
    objects: [
      {
        apiVersion: 'example.com/v1',
        kind: 'Thing',
        metadata: { name: 't', namespace: 'shop', labels: { token: 'zz3zz' } },
        spec: { list: [{ name: 'b' }], size: 'zz4zz' },
      },
    ],
  },
  {
    title: 'scalars as the API server reads them',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]',
      'a.yaml': `
apiVersion: example.com/v1
kind: Thing
metadata: {name: t, annotations: {yeah: "yes", nay: "no", octal: "0644", number: "1.0", date: "2001-01-01", empty: "", nil: "null", mark: "integer-0:5"}}
spec:
  # Kustomize reads these two as strings, and prints them in quotes.
  yeah: yes
  away: off
  really: true
  octal: 0644
  hex: 0x1F
  half: 1.50
  big: 9007199254740993
  bigger: 18446744073709551615
  negative: -9223372036854775808
  beyond: 100000000000000000000000
  none: ~
  lines: "a\\nb\\n"
  spaces: "  x "
  unicode: "ü €"
  integers: [9007199254740991, 9007199254740992]
`,
    },
    objects: [
      {
        apiVersion: 'example.com/v1',
        kind: 'Thing',
        metadata: {
          name: 't',
          annotations: {
            yeah: 'yes',
            nay: 'no',
            octal: '0644',
            number: '1.0',
            date: '2001-01-01',
            empty: '',
            nil: 'null',
            mark: 'integer-0:5',
          },
        },
        spec: {
          yeah: 'yes',
          away: 'off',
          really: true,
          octal: 420,
          hex: 31,
          half: 1.5,
          big: 9007199254740993n,
          bigger: 18446744073709551615n,
          negative: -9223372036854775808n,
          beyond: 1e23,
          none: null,
          lines: 'a\nb\n',
          spaces: '  x ',
          unicode: 'ü €',
          integers: [9007199254740991, 9007199254740992n],
        },
      },
    ],
  },
  {
    title: 'deprecated fields, with no more than a warning',
    files: {
      'kustomization.yaml':
        'bases: [base]\ncommonLabels: {c: "1"}\npatchesStrategicMerge: ["{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2}}"]',
      'base/kustomization.yaml': 'resources: [web.yaml]',
      'base/web.yaml': deployment,
    },
    objects: [web({ labels: { c: '1' }, all: { c: '1' }, replicas: 2 })],
  },
  {
    title: 'a built-in transformer on the spot and the version of kustomize',
    files: {
      'kustomization.yaml': `
resources: [a.yaml]
buildMetadata: [managedByLabel]
transformers:
- |-
  apiVersion: builtin
  kind: PrefixTransformer
  metadata: {name: p}
  prefix: pre-
  fieldSpecs: [{path: metadata/name}]
`,
      'a.yaml': text(configMap('a')),
    },
    objects: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'pre-a', labels: { 'app.kubernetes.io/managed-by': 'kustomize-v5.8.1' } },
        data: { a: 'b' },
      },
    ],
  },
];
