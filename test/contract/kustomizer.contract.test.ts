import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBinaryKustomizer } from '../../generator/io/kustomize/binary.ts';
import { createWasmKustomizer } from '../../generator/io/kustomize/wasm.ts';
import type { Kustomizer } from '../../generator/model/ports.ts';
import { buildCases } from './build-cases.ts';
import { errorCases } from './error-cases.ts';
import { valueCases } from './value-cases.ts';

const binaryPath = env['ESPALIER_KUSTOMIZE'] ?? 'kustomize';
const binary = (await createBinaryKustomizer(binaryPath)).value;
if (binary === undefined)
  console.warn(`No kustomize 5.8.1 or newer at "${binaryPath}" (ESPALIER_KUSTOMIZE): the binary engine is not tested`);

let wasm: Kustomizer;
beforeAll(() => {
  wasm = createWasmKustomizer({ workers: 2 });
});
afterAll(() => wasm.close());

const toMap = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> => new Map(Object.entries(files));

describe.each(['wasm', 'binary'] as const)('%s', (name) => {
  const isAbsent = name === 'binary' && binary === undefined;
  const engine = (): Kustomizer => (name === 'binary' && binary ? binary : wasm);

  test.skipIf(isAbsent).each([...buildCases, ...valueCases])('builds $title', async ({ files, root = '.', objects }) => {
    expect(await engine().build(toMap(files), root)).toEqual({ ok: true, objects });
  });

  test.skipIf(isAbsent).each(errorCases)('refuses $title', async ({ files, root = 'o', message }) => {
    expect(await engine().build(toMap(files), root)).toEqual({ ok: false, message: expect.stringMatching(message) as string });
  });

  test.skipIf(isAbsent)('a build leaves nothing behind for the next, not even its schema', async () => {
    const patch = '{apiVersion: example.com/v1, kind: Thing, metadata: {name: t}, spec: {list: [{name: b, x: 1}]}}';
    const thing = '{apiVersion: example.com/v1, kind: Thing, metadata: {name: t}, spec: {list: [{name: a}, {name: b}]}}';
    const plain = { 'kustomization.yaml': `resources: [t.yaml]\npatches: [{patch: '${patch}'}]`, 't.yaml': thing };
    const schema = {
      definitions: {
        Thing: {
          'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Thing' }],
          properties: {
            spec: {
              properties: {
                list: {
                  type: 'array',
                  items: { type: 'object' },
                  'x-kubernetes-patch-merge-key': 'name',
                  'x-kubernetes-patch-strategy': 'merge',
                },
              },
            },
          },
        },
      },
    };
    const custom = {
      ...plain,
      'kustomization.yaml': `${plain['kustomization.yaml']}\nopenapi: {path: s.json}`,
      's.json': JSON.stringify(schema),
    };
    const list = async (files: Readonly<Record<string, string>>): Promise<unknown> => {
      const result = await engine().build(toMap(files), '.');
      return result.ok ? result.objects[0]?.['spec'] : result;
    };
    for (let round = 0; round < 3; round += 1) {
      expect(await list(custom)).toEqual({ list: [{ name: 'b', x: 1 }, { name: 'a' }] });
      expect(await list(plain)).toEqual({ list: [{ name: 'b', x: 1 }] });
    }
  });

  test.skipIf(isAbsent)('many builds at once do not mix', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
    const build = async (name: string): Promise<unknown> => {
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
      const files = { 'kustomization.yaml': 'resources: [a.yaml]', 'a.yaml': JSON.stringify(object) };
      const result = await engine().build(toMap(files), '.');
      return result.ok ? result.objects[0]?.metadata.name : result;
    };
    expect(await Promise.all(names.map(build))).toEqual(names);
  });

  test.skipIf(isAbsent)('a path that steps out of the tree is our own bug', async () => {
    await expect(engine().build(toMap({ '../a': '' }), '.')).rejects.toThrow('Not a path inside the repository');
    await expect(engine().build(toMap({ a: '' }), '..')).rejects.toThrow('Not a path inside the repository');
  });
});

test.skipIf(binary === undefined).each(errorCases.filter(({ same }) => same))('both engines say the same of $title', async (example) => {
  const results = [wasm, binary!].map((engine) => engine.build(toMap(example.files), example.root ?? 'o'));
  const [ofWasm, ofBinary] = await Promise.all(results);
  expect(ofWasm).toEqual(ofBinary);
});

test('a kustomize that is not there, or is something else, is a finding', async () => {
  for (const path of ['./no/such/kustomize', '/bin/true']) {
    const { value, diagnostics } = await createBinaryKustomizer(path);
    expect([value, diagnostics.map(({ code }) => code)]).toEqual([undefined, ['kustomize-not-found']]);
  }
});

test('an engine that was closed starts again when asked', async () => {
  const engine = createWasmKustomizer({ workers: 1 });
  await engine.close();
  expect(await engine.build(toMap({ 'kustomization.yaml': 'resources: []' }), '.')).toEqual({ ok: true, objects: [] });
  await engine.close();
});
