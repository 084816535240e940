import { afterAll, expect, test } from 'vitest';
import { makePackage, makeRequest } from '../../test/support/packages.ts';
import { createWasmKustomizer } from '../io/kustomize/wasm.ts';
import type { JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Patch } from '../model/render.ts';
import { createRenderer } from './render.ts';
import { hasReadableData } from './secret-data.ts';

// What templates, values and patches of a pull request may try, on the real engine.

const kustomizer = createWasmKustomizer({ workers: 1 });
afterAll(() => kustomizer.close());

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';
const TEXT: JsonObject = { s: { type: 'string' } };

async function render(
  files: Readonly<Record<string, string>>,
  asked: { readonly values?: readonly JsonObject[]; readonly patches?: readonly Patch[]; readonly binding?: 'late' | 'early' } = {},
) {
  const { values = [{ s: 'one' }], patches = [], binding = 'late' } = asked;
  const requests = values.map((each) => makeRequest({ values: each, patches }));
  const templates = new Map([['web', makePackage(files, TEXT)]]);
  const { value, diagnostics } = await createRenderer({ kustomizer, binding }).render(requests, templates);
  return { objects: requests.map(({ job }) => value.get(job.key)?.objects), codes: diagnostics.map(({ code }) => code) };
}

test.each<[string, JsonObject]>([
  ['a list of objects', { kind: 'List', items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'y' }, stringData: { a: 'b' } }] }],
  ['another kind', { kind: 'Secret' }],
  ['another name', { metadata: { name: 'y' } }],
  ['another namespace', { metadata: { namespace: 'kube-system' } }],
])('a merge patch that makes %s of its target is refused', async (_, patch) => {
  const files = { 'kustomization.yaml': 'resources: [x.yaml]\n', 'x.yaml': CONFIG };
  const { objects, codes } = await render(files, { patches: [{ type: 'merge', target: { kind: 'ConfigMap' }, patch }] });
  expect(codes).toEqual(['patch-failed']);
  expect(objects).toEqual([undefined]);
});

test.each<[string, Record<string, string>]>([
  [
    'images that rename what the next one matches',
    {
      'kustomization.yaml.hbs': 'resources: [x.yaml]\nimages: [{name: nginx, newName: "{{s}}"}, {name: redis, newTag: v2}]\n',
      'x.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: a, image: nginx}]}\n',
    },
  ],
  [
    'an annotation that asks for a hash of contents',
    {
      'kustomization.yaml': 'resources: [x.yaml]\n',
      'x.yaml.hbs':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled}}\ndata: {a: "{{s}}"}\n',
    },
  ],
])('late and early binding agree on %s', async (_, files) => {
  const values = [{ s: 'redis' }, { s: 'other' }];
  const late = await render(files, { values });
  expect(late.codes).toEqual([]);
  expect(late.objects).toEqual((await render(files, { values, binding: 'early' })).objects);
});

test.each([
  'configMapGenerator: [{name: g, Files: [c.yaml]}]',
  'configMapGenerator: [{name: g, ENVS: [c.yaml]}]',
  'patches: [{Path: c.yaml}]',
  'patches: [{path: c.yaml, Target: {kind: ConfigMap}}]',
  'patches: [{path: c.yaml, target: {LabelSelector: a=b}}]',
  'openapi: {Path: c.yaml}',
])('kustomize would read %s; no check would: refused', async (line) => {
  const files = { 'kustomization.yaml': `resources: [x.yaml]\n${line}\n`, 'x.yaml': CONFIG, 'c.yaml.hbs': `${CONFIG}data: {a: "{{s}}"}\n` };
  expect((await render(files)).codes).toEqual(['unknown-kustomization-field']);
});

test('a token that escapes spell out in the template is text like any other', async () => {
  const files = {
    'kustomization.yaml': 'resources: [x.yaml]\n',
    'x.yaml.hbs': `${CONFIG}data: {a: "zz\\x71ax0zz", b: "zz\\u0071ax0zz", c: "{{s}}"}\n`,
  };
  const { objects } = await render(files);
  expect(objects[0]?.[0]?.['data']).toEqual({ a: 'zzqax0zz', b: 'zzqax0zz', c: 'one' });
});

test.each([
  ['blocks', `${'{{#if s}}'.repeat(20_000)}${'{{/if}}'.repeat(20_000)}`],
  ['sub-expressions', `x: {{lookup ${'(lookup '.repeat(20_000)}s${' s)'.repeat(20_000)} s}}`],
])('%s that nest without end are refused before they are parsed', async (_, text) => {
  const { codes } = await render({ 'kustomization.yaml': 'resources: [x.yaml]\n', 'x.yaml.hbs': `${CONFIG}# ${text}\n` });
  expect(codes).toContain('bad-template');
});

test.each<[boolean, JsonObject]>([
  [true, { kind: 'Secret', stringData: { a: 'hunter2' } }],
  [true, { kind: 'secret', data: { a: 'aHVudGVyMg==' } }],
  [true, { kind: 'Secret', StringData: { a: 'hunter2' } }],
  [true, { kind: 'Secret', data: ['hunter2'] }],
  [true, { kind: 'Secret', stringData: { a: 'ENC[A,hunter2]' }, sops: { mac: 'x' } }],
  [true, { kind: 'ConfigMap', data: { key: '-----BEGIN RSA PRIVATE KEY-----' } }],
  [false, { kind: 'Secret' }],
  [false, { kind: 'ConfigMap', data: { a: 'hunter2' } }],
])('hasReadableData() is %s of %j', (expected, parts) => {
  const object = { apiVersion: 'v1', metadata: { name: 'x' }, ...parts } as unknown as KubeObject;
  expect(hasReadableData(object)).toBe(expected);
});
