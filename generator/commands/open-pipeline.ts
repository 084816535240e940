import { homedir } from 'node:os';
import { join } from 'node:path';
import { createBuildCache } from '../io/build-cache.ts';
import { createTreeIndex } from '../io/tree-index.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { Kustomizer, Progress } from '../model/ports.ts';
import type { Pipeline } from '../model/run.ts';
import type { RunOptions } from './run-options.ts';

type Engine = Pick<RunOptions, 'cache' | 'kustomize'>;

/** The pipeline with its engine and cache; without one there are errors, because the engine cannot be used. Heavy modules are loaded here, not before. */
export async function openPipeline(options: Engine, progress: Progress): Promise<Outcome<Pipeline | undefined>> {
  const [{ createPipeline }, engine] = await Promise.all([import('../pipeline.ts'), openEngine(options)]);
  if (!engine.value) return { value: undefined, diagnostics: engine.diagnostics };
  const caches = options.cache ? { cache: createBuildCache(cacheFolder()), treeIndex: createTreeIndex(cacheFolder()) } : {};
  return { value: createPipeline({ kustomizer: engine.value, progress, ...caches }), diagnostics: engine.diagnostics };
}

async function openEngine({ kustomize }: Engine): Promise<Outcome<Kustomizer | undefined>> {
  if (kustomize !== undefined) {
    const { createBinaryKustomizer } = await import('../io/kustomize/binary.ts');
    return createBinaryKustomizer(kustomize);
  }
  const { createWasmKustomizer } = await import('../io/kustomize/wasm.ts');
  return { value: createWasmKustomizer(), diagnostics: [] };
}

/** Source: XDG Base Directory Specification, where empty and relative paths count as unset. */
function cacheFolder(): string {
  const { ESPALIER_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  if (ESPALIER_CACHE_DIR !== undefined && ESPALIER_CACHE_DIR !== '') return ESPALIER_CACHE_DIR;
  const home = XDG_CACHE_HOME?.startsWith('/') === true ? XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(home, 'espalier');
}
