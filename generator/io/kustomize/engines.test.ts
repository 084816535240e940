import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBinaryKustomizer } from './binary.ts';
import { createWasmKustomizer } from './wasm.ts';

// What the contract's tests cannot show: engines that take too long, and workers that die.

const files = new Map([
  ['kustomization.yaml', 'resources: [a.yaml]'],
  ['a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'],
]);

test('a build that takes too long ends, and leaves neither process nor file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-slow-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const program = join(folder, 'kustomize');
  writeFileSync(program, '#!/bin/sh\n[ "$1" = version ] && { echo v5.8.1; exit; }\nexec /bin/sleep 600\n');
  chmodSync(program, 0o755);
  const { value } = await createBinaryKustomizer(program, { longestBuildMs: 300 });
  expect(await value?.build(files, '.')).toEqual({ ok: false, message: 'kustomize took longer than 0.3 s' });
  expect(readdirSync(folder)).toEqual(['kustomize']);
});

test('a build in WebAssembly that takes too long ends with its worker', async () => {
  const engine = createWasmKustomizer({ workers: 1, longestBuildMs: 1 });
  onTestFinished(() => engine.close());
  const started = once(process, 'worker') as Promise<[Worker]>;
  expect(await engine.build(files, '.')).toEqual({ ok: false, message: 'kustomize took longer than 0.001 s' });
  await started;
});

test('a build whose worker dies is tried again on another', async () => {
  const engine = createWasmKustomizer({ workers: 1 });
  onTestFinished(() => engine.close());
  const first = once(process, 'worker') as Promise<[Worker]>;
  expect(await engine.build(files, '.')).toMatchObject({ ok: true });
  const [worker] = await first;
  const second = once(process, 'worker');
  const built = engine.build(files, '.');
  // As Node tells of a thread that is out of memory.
  setImmediate(() => {
    worker.emit('error', new Error('Worker terminated due to reaching memory limit'));
    void worker.terminate();
  });
  expect(await built).toMatchObject({ ok: true });
  await second;
});

test('a build whose worker ends without a word is tried again on another, at once', { timeout: 30_000 }, async () => {
  const engine = createWasmKustomizer({ workers: 1 });
  onTestFinished(() => engine.close());
  const first = once(process, 'worker') as Promise<[Worker]>;
  expect(await engine.build(files, '.')).toMatchObject({ ok: true });
  const [worker] = await first;
  const second = once(process, 'worker') as Promise<[Worker]>;
  const built = engine.build(files, '.');
  setImmediate(() => void worker.terminate());
  expect(await built).toMatchObject({ ok: true });
  const [next] = await second;
  // One that is idle is not missed either.
  await next.terminate();
  expect(await engine.build(files, '.')).toMatchObject({ ok: true });
});
