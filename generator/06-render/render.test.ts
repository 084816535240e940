import { afterAll, expect, test } from 'vitest';
import { makePackage, makeRequest } from '../../test/support/packages.ts';
import { createWasmKustomizer } from '../io/kustomize/wasm.ts';
import type { JsonObject } from '../model/json.ts';
import type { BuildCache } from '../model/ports.ts';
import type { Patch } from '../model/render.ts';
import { createRenderer, type RenderRequest } from './render.ts';

const kustomizer = createWasmKustomizer({ workers: 1 });
afterAll(() => kustomizer.close());

const WIDGET = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: web}\n';
const KUSTOMIZATION = { 'kustomization.yaml': 'resources: [web.yaml]\n' };

async function render(
  files: Readonly<Record<string, string>>,
  requests: readonly RenderRequest[] = [makeRequest()],
  properties: JsonObject = {},
) {
  const templates = new Map([['web', makePackage(files, properties)]]);
  const { value, diagnostics } = await createRenderer({ kustomizer, binding: 'late' }).render(requests, templates);
  return {
    objects: requests.map(({ job }) => value.get(job.key)?.objects),
    found: diagnostics.map(
      ({ code, source, reach }) => `${source?.file ?? ''}:${source?.line ?? 0}:${source?.column ?? 0} ${code} ${reach.kind}`,
    ),
    diagnostics,
  };
}

test.each<[string, string]>([
  ['https://example.com/x.yaml', 'remote-resource'],
  ['github.com/owner/repo//base?ref=v1', 'remote-resource'],
  ['git@github.com:owner/repo', 'remote-resource'],
  ['git::https://example.com/x', 'remote-resource'],
  ['ssh://example.com/x', 'remote-resource'],
  ['gh:owner/repo', 'remote-resource'],
  ['../other', 'path-outside-package'],
  ['base/../../other', 'path-outside-package'],
  ['/etc/passwd', 'path-outside-package'],
  ['wep.yaml', 'missing-kustomize-file'],
  ['web.yaml.hbs', 'missing-kustomize-file'],
  ['base', 'no-kustomization'],
  ['base/x.txt', 'not-yaml-resource'],
])('a kustomization that lists %s is refused: %s', async (path, code) => {
  const files = {
    'web.yaml': WIDGET,
    'base/x.txt': 'x',
    'kustomization.yaml.hbs': `{{#if on}}\n{{/if}}\nresources:\n- web.yaml\n- "{{path}}"\n`,
  };
  const asked = [makeRequest({ values: { path, on: true } })];
  const { found } = await render(files, asked, { path: { type: 'string' }, on: { type: 'boolean' } });
  expect(found).toEqual([`templates/apps/web/kustomization.yaml.hbs:5:3 ${code} template`]);
});

test('every mistake of a kustomization is told at once, where it stands', async () => {
  const text =
    'resources: [web.yaml, base]\nnamePrefx: a\nhelmCharts: []\nconfigMapGenerator:\n- name: x\n  files: [a=missing.txt]\n  envs: [x.env]\n';
  const { found } = await render({ 'web.yaml': WIDGET, 'kustomization.yaml': text, 'base/kustomization.yml': 'transformers: [x.yaml]\n' });
  expect(found.sort()).toEqual([
    'templates/apps/web/base/kustomization.yml:1:1 refused-kustomization-field template',
    'templates/apps/web/kustomization.yaml:2:1 unknown-kustomization-field template',
    'templates/apps/web/kustomization.yaml:3:1 refused-kustomization-field template',
    'templates/apps/web/kustomization.yaml:6:11 missing-kustomize-file template',
    'templates/apps/web/kustomization.yaml:7:10 missing-kustomize-file template',
  ]);
});

test('a mistake that only some values meet holds only their apps', async () => {
  const files = { ...KUSTOMIZATION, 'web.yaml.hbs': `${WIDGET}spec: {a: "{{a}}"}\n` };
  const requests = [makeRequest({ values: { a: 'x' }, app: 'good' }), makeRequest({ values: {}, app: 'bad' })];
  const { found, objects, diagnostics } = await render(files, requests, { a: { type: 'string' } });
  expect(found).toEqual(['templates/apps/web/web.yaml.hbs:4:12 absent-value context']);
  expect(diagnostics[0]).toMatchObject({ reach: { app: 'bad' }, related: [{ source: { file: 'intents/bad.yaml#name' } }] });
  expect(objects.map((list) => list?.length)).toEqual([1, undefined]);
});

test('what is no YAML after templating is told at the line of the template', async () => {
  const text = `{{#each list}}\n# {{this}}\n{{/each}}\n${WIDGET}spec:\n  a: 1\n  a: 2\n`;
  const { found } = await render({ ...KUSTOMIZATION, 'web.yaml.hbs': text }, [makeRequest({ values: { list: ['a', 'b', 'c'] } })], {
    list: { type: 'array', items: {} },
  });
  expect(found).toEqual(['templates/apps/web/web.yaml.hbs:9:3 bad-template-yaml template']);
});

const patches: Record<string, Patch> = {
  strategic: { target: { kind: 'Deployment', name: 'w.b' }, type: 'strategic', patch: { spec: { minReadySeconds: 5 } } },
  json6902: { target: { kind: 'Deployment' }, type: 'json6902', patch: [{ op: 'add', path: '/metadata/labels', value: { a: 'b' } }] },
  merge: { target: { name: 'settings' }, type: 'merge', patch: { data: { a: null, b: 'new' } } },
  remove: { target: { kind: 'Service' }, type: 'strategic', patch: { $patch: 'delete' } },
  wrong: { target: { kind: 'Deployment' }, type: 'json6902', patch: [{ op: 'remove', path: '/spec/nothing' }] },
  unmatched: { target: { kind: 'Deployment', name: 'we' }, type: 'merge', patch: {} },
};
const PATCHED = {
  'kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=1, c=3]}]\n',
  'web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
};

test('patches of an intent change what they mean, by kustomize rules, and leave no trace', async () => {
  const { strategic, json6902, merge, remove } = patches;
  const asked = makeRequest({ patches: [strategic!, json6902!, merge!, remove!] });
  const { objects, found } = await render(PATCHED, [asked]);
  expect(found).toEqual([]);
  expect(objects[0]).toEqual([
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', labels: { a: 'b' } }, spec: { replicas: 2, minReadySeconds: 5 } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: expect.stringMatching(/^settings-\w{10}$/) as string },
      data: { b: 'new', c: '3' },
    },
  ]);
});

test.each([
  ['wrong', 'patch-failed'],
  ['unmatched', 'patch-matches-nothing'],
])('a patch that is %s is told at its own place', async (name, code) => {
  const asked = makeRequest({ patches: [patches['strategic']!, patches[name]!], app: 'shop' });
  const { found } = await render(PATCHED, [asked]);
  expect(found).toEqual([`intents/shop.yaml#customize.0.patches.1:1:1 ${code} context`]);
});

const REPLACING: Readonly<Record<string, { readonly kustomization: string; readonly patches?: readonly Patch[] }>> = {
  'the replicas field': { kustomization: 'replicas: [{name: web, count: 4}]' },
  // A JSON patch goes through JSON, after which only strings that need quotes have them.
  'the replicas field, after a JSON patch,': {
    kustomization:
      'patches: [{target: {kind: Deployment}, patch: "- {op: add, path: /metadata/labels, value: {a: b}}"}]\nreplicas: [{name: web, count: 4}]',
  },
  'a strategic patch of the package': {
    kustomization: 'patches: [{patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 4}}"}]',
  },
  'a JSON patch of the package': {
    kustomization: 'patches: [{target: {kind: Deployment}, patch: "- {op: replace, path: /spec/replicas, value: 4}"}]',
  },
  'a strategic patch of the intent': {
    kustomization: '',
    patches: [{ target: { kind: 'Deployment' }, type: 'strategic', patch: { spec: { replicas: 4 } } }],
  },
};
const REPLACED = ['8080', 'yes', ' ', 'a: b', '', 'one', 3];

test.each(Object.entries(REPLACING))('where %s sets another value, late and early binding agree on its type', async (_, replacing) => {
  const { kustomization, patches = [] } = replacing;
  const deployment =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: {{a}}, paused: {{a}}, selector: {matchLabels: {app: web}}}\n';
  const files = { 'kustomization.yaml': `resources: [web.yaml]\n${kustomization}\n`, 'web.yaml.hbs': deployment };
  const templates = new Map([['web', makePackage(files, { a: {} })]]);
  for (const a of REPLACED) {
    const request = makeRequest({ values: { a }, patches });
    const [late, early] = await Promise.all(
      (['late', 'early'] as const).map((binding) => createRenderer({ kustomizer, binding }).render([request], templates)),
    );
    expect(early?.value.size).toBe(1);
    expect(late).toEqual(early);
  }
});

test('a damaged cache entry reads as absent, a sound one spares the build, integers beyond 2^53 included', async () => {
  const entries = new Map<string, string>();
  const cache: BuildCache = {
    read: (key) => Promise.resolve(entries.get(key)),
    write(key, value) {
      entries.set(key, value);
      return Promise.resolve();
    },
  };
  const templates = new Map([['web', makePackage({ ...KUSTOMIZATION, 'web.yaml': `${WIDGET}spec: {a: 9007199254740993}\n` })]]);
  let builds = 0;
  const counting: typeof kustomizer = { ...kustomizer, build: (...request) => (builds++, kustomizer.build(...request)) };
  const run = async () => {
    const { value } = await createRenderer({ kustomizer: counting, binding: 'late', cache }).render([makeRequest()], templates);
    return [...value.values()][0]?.objects[0]?.['spec'];
  };
  expect([await run(), builds]).toEqual([{ a: 9007199254740993n }, 1]);
  expect([await run(), builds]).toEqual([{ a: 9007199254740993n }, 1]);
  for (const [key, text] of entries) entries.set(key, text.replace('9007199254740993', '1'));
  expect([await run(), builds]).toEqual([{ a: 9007199254740993n }, 2]);
});

test('a renderer builds nothing twice for who comes back to it soon, and forgets what nobody used for long', async () => {
  let builds = 0;
  const counting: typeof kustomizer = { ...kustomizer, build: (...request) => (builds++, kustomizer.build(...request)) };
  const renderer = createRenderer({ kustomizer: counting, binding: 'late' });
  const one = new Map([['web', makePackage({ ...KUSTOMIZATION, 'web.yaml': WIDGET })]]);
  const other = new Map([['web', makePackage({ ...KUSTOMIZATION, 'web.yaml': `${WIDGET}spec: {}\n` })]]);
  const ask = (key: string): RenderRequest[] => [
    { ...makeRequest(), job: { ...makeRequest().job, key: key as RenderRequest['job']['key'] } },
  ];
  for (const [key, templates] of [
    ['a', one],
    ['a', one],
    ['b', other],
    ['a', one],
  ] as const)
    await renderer.render(ask(key), templates);
  expect(builds).toBe(2);
  for (let edit = 0; edit < 2000; edit += 100) {
    const many = Array.from({ length: 100 }, (_, index) => ask(`${edit + index}`)).flat();
    await renderer.render(many, one);
  }
  await renderer.render(ask('b'), other);
  expect(builds).toBe(3);
});

test('values inside inline patches cannot change the patch', async () => {
  const files = {
    'web.yaml': WIDGET,
    'kustomization.yaml.hbs':
      'resources: [web.yaml]\npatches:\n- target: {kind: Widget}\n  patch: |-\n    - op: add\n      path: /spec\n      value: {{a}}\n',
  };
  const value = 'x\n- op: replace\n  path: /metadata/name\n  value: evil';
  const { objects, found } = await render(files, [makeRequest({ values: { a: value } })], { a: {} });
  expect(found).toEqual([]);
  expect(objects[0]).toMatchObject([{ metadata: { name: 'web' }, spec: value }]);
});
