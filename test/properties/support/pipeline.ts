import { afterAll } from 'vitest';
import { createWasmKustomizer } from '../../../generator/io/kustomize/wasm.ts';
import type { BuildCache, FolderWatch, Kustomizer } from '../../../generator/model/ports.ts';
import type { Pipeline } from '../../../generator/model/run.ts';
import { createPipeline } from '../../../generator/pipeline.ts';

/** The real steps over the real engine, closed when the file's tests are done. Each pipeline is a fresh one, with nothing remembered. */
export function useEngine(): {
  readonly kustomizer: Kustomizer;
  readonly pipeline: () => Pipeline;
  readonly cached: (treeWatch?: FolderWatch) => Pipeline;
} {
  const kustomizer = createWasmKustomizer({ workers: 1 });
  const cache = createMemoryCache();
  afterAll(() => kustomizer.close());
  return {
    kustomizer,
    pipeline: () => createPipeline({ kustomizer }),
    cached: (treeWatch) => createPipeline({ kustomizer, cache, ...(treeWatch && { treeWatch }) }),
  };
}

function createMemoryCache(): BuildCache {
  const entries = new Map<string, string>();
  return {
    read: (key) => Promise.resolve(entries.get(key)),
    write(key, value) {
      entries.set(key, value);
      return Promise.resolve();
    },
  };
}

/** How often a property is tried; `PROPERTY_SCALE=10` tries ten times as often. Stops in time for a failure to be told, however slow the machine. */
export function trials(count: number): { readonly numRuns: number; readonly interruptAfterTimeLimit: number } {
  const scale = Number(process.env['PROPERTY_SCALE'] ?? 1);
  return { numRuns: count * scale, interruptAfterTimeLimit: 50_000 * scale };
}

/** For a test that makes that many trials, in milliseconds. */
export const PATIENCE = { timeout: 90_000 * Number(process.env['PROPERTY_SCALE'] ?? 1) };
