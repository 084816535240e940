import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createRenderer } from '../../generator/06-render/render.ts';
import { createWasmKustomizer } from '../../generator/io/kustomize/wasm.ts';
import type { Json, JsonObject } from '../../generator/model/json.ts';
import type { Patch } from '../../generator/model/render.ts';
import { makePackage, makeRequest } from '../support/packages.ts';

const kustomizer = createWasmKustomizer({ workers: 1 });
afterAll(() => kustomizer.close());

const VALUES = ['a', 'b', 'c', 'd'];
const properties = Object.fromEntries([...VALUES, 'flag'].map((name) => [name, {}]));

/** A mustache, or some text with one. Most values stand alone in quotes, as templates have them. */
const mustache = fc.constantFrom(...VALUES).map((name) => `{{${name}}}`);
const field = fc.oneof(
  mustache.map((text) => `"${text}"`),
  mustache,
  mustache.map((text) => `x-${text}`),
  fc.tuple(mustache, mustache).map(([one, other]) => `"${one}.${other}"`),
  fc.constant('fixed'),
);

const deployment = fc.tuple(field, field, field, field, field, field).map(
  ([label, annotation, image, env, args, port]) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web, extra: ${label} }
  annotations: {note: ${annotation} }
spec:
  replicas: {{a}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ${image}
        env: [{name: ONE, value: ${env} }, {name: "{{d}}", value: two}]
        args: [${args}, --fixed]
        ports: [{containerPort: ${port} }, {containerPort: 9000}]
        envFrom: [{configMapRef: {name: config}}]
{{#if flag}}
      nodeSelector: {pool: ${label} }
{{/if}}
`,
);

const custom = fc.tuple(field, field, field).map(
  ([one, two, three]) => `apiVersion: example.com/v1
kind: Widget
metadata:
  name: "widget-{{d}}"
  finalizers: [example.com/keep, ${one}]
spec: {free: ${two}, list: [${three}, {deep: ${one} }], ref: {name: web, kind: ${two} }}
`,
);

const extras = fc.subarray([
  'images: [{name: nginx, newTag: "{{b}}"}]',
  'commonAnnotations: {team: "{{c}}"}',
  'labels: [{pairs: {site: "{{b}}"}, includeSelectors: true}]',
  'namePrefix: "{{d}}-"',
  'namespace: "{{d}}"',
  'configMapGenerator: [{name: config, literals: ["K={{c}}"]}]',
  'replicas: [{name: web, count: 4}]',
  'patches: [{path: patch.yaml}]',
  'patches: [{target: {labelSelector: "extra=x-{{b}}"}, patch: "- {op: add, path: /metadata/annotations/selected, value: \\"{{a}}\\"}"}]',
  'patches: [{target: {kind: Deployment}, patch: "- {op: test, path: /spec/replicas, value: 3}"}]',
  'replacements: [{source: {kind: Widget, fieldPath: spec.free}, targets: [{select: {kind: Deployment}, fieldPaths: [metadata.annotations.note]}]}]',
]);

const patch = fc.tuple(field, field, field).map(
  ([port, env, key]) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - {name: web, ports: [{containerPort: ${port}, name: http}], env: [{name: ONE, value: ${env} }, {name: THREE, value: ${key} }]}
`,
);

const files = fc.record({ deployment, custom, extras, patch }).map(({ deployment, custom, extras, patch }) => {
  // One `patches` only: a key may not stand twice.
  const fields = extras.filter((line, index) => extras.findIndex((other) => other.split(':')[0] === line.split(':')[0]) === index);
  return {
    'kustomization.yaml.hbs': `resources: [deployment.yaml, custom.yaml]\n${fields.join('\n')}\n`,
    'deployment.yaml.hbs': deployment,
    'custom.yaml.hbs': custom,
    'patch.yaml.hbs': patch,
  };
});

const value: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<Json>('one', 'two', 'nginx', 'nginx:1', 'nginx:1@sha256:0', 'web', 'config', 'yes', '8080', '1.10', '0x1'),
  },
  { weight: 2, arbitrary: fc.constantFrom<Json>(3, 0, -1, 8080, true, false, null, '', 1.5, 1e21, 2n ** 60n) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Json>('a b', 'a: b', ' x', 'x ', 'a\nb', '- x', '#', '"', "'", '~', 'é', '$(X)', 'x'.repeat(300), '\u2028'),
  },
  fc.string({ maxLength: 12 }),
);
const values: fc.Arbitrary<JsonObject> = fc.record({
  a: value,
  b: value,
  c: value,
  d: fc.constantFrom('one', 'web', 'two'),
  flag: fc.boolean(),
});

const patches: fc.Arbitrary<readonly Patch[]> = fc.subarray<Patch>([
  {
    target: { kind: 'Deployment' },
    type: 'strategic',
    patch: { spec: { template: { spec: { containers: [{ name: 'web', tty: true }] } } } },
  },
  { target: { kind: 'Deployment' }, type: 'json6902', patch: [{ op: 'copy', from: '/spec/replicas', path: '/spec/minReadySeconds' }] },
  { target: { kind: 'Widget' }, type: 'json6902', patch: [{ op: 'add', path: '/spec/free', value: 'patched' }] },
  {
    target: { kind: 'Deployment', labelSelector: 'app=web' },
    type: 'merge',
    patch: { metadata: { annotations: { note: null, more: 'x' } } },
  },
]);

test('late and early binding give the same objects and findings', { timeout: 240_000 }, async () => {
  let rendered = 0;
  await fc.assert(
    fc.asyncProperty(files, fc.array(values, { minLength: 1, maxLength: 3 }), patches, async (texts, jobs, applied) => {
      const templates = new Map([['web', makePackage(texts, properties)]]);
      const requests = jobs.map((each, index) => makeRequest({ values: each, patches: applied, app: `app${index}` }));
      const [late, early] = await Promise.all(
        (['late', 'early'] as const).map((binding) => createRenderer({ kustomizer, binding }).render(requests, templates)),
      );
      expect(late?.diagnostics).toEqual(early?.diagnostics);
      expect(late?.value).toEqual(early?.value);
      rendered += late?.value.size ?? 0;
    }),
    { numRuns: 60 },
  );
  // Most of what is generated must render, or the property says little.
  expect(rendered).toBeGreaterThan(50);
});

test('jobs that differ only in late values share one build, however many they are', async () => {
  let builds = 0;
  const counting: typeof kustomizer = {
    ...kustomizer,
    build(...request) {
      builds++;
      return kustomizer.build(...request);
    },
  };
  const text = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: web}\nspec: {host: "{{a}}", count: {{b}} }\n';
  const templates = new Map([['web', makePackage({ 'kustomization.yaml': 'resources: [w.yaml]', 'w.yaml.hbs': text }, properties)]]);
  const requests = Array.from({ length: 50 }, (_, index) => makeRequest({ values: { a: `host${index}`, b: index + 1 } }));
  const { value } = await createRenderer({ kustomizer: counting, binding: 'late' }).render(requests, templates);
  expect([...value.values()].map(({ objects }) => objects[0]?.['spec'])).toHaveLength(50);
  expect(value.get(requests[7]!.job.key)?.objects[0]).toMatchObject({ spec: { host: 'host7', count: 8 } });
  // One for all, and one more for the sample that is rendered in both ways.
  expect(builds).toBe(2);
});
