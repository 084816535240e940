import { createBuildCache } from '../io/build-cache.ts';
import { cacheFolder } from '../io/cache-folder.ts';
import { programDigest } from '../io/program-digest.ts';
import { createTreeIndex } from '../io/tree-index.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { FolderWatch, Kustomizer, Progress } from '../model/ports.ts';
import type { Pipeline } from '../model/run.ts';
import type { RunOptions } from './run-options.ts';

type Engine = Pick<RunOptions, 'cache' | 'kustomize'>;

export interface PipelineUse {
  readonly treeWatch?: FolderWatch | undefined;
  /** It will be run only once. */
  readonly isOnce?: boolean;
}

/** The pipeline with its engine and cache; without one there are errors, because the engine cannot be used. Heavy modules are loaded here, not before. */
export async function openPipeline(
  options: Engine,
  progress: Progress,
  { treeWatch, isOnce = false }: PipelineUse = {},
): Promise<Outcome<Pipeline | undefined>> {
  const [{ createPipeline }, engine] = await Promise.all([import('../pipeline.ts'), openEngine(options)]);
  if (!engine.value) return { value: undefined, diagnostics: engine.diagnostics };
  const folder = options.cache ? cacheFolder(process.env) : undefined;
  const caches = folder === undefined ? {} : { cache: createBuildCache(folder), treeIndex: createTreeIndex(folder) };
  // Who runs again and again remembers more than that.
  const program = folder !== undefined && isOnce ? { program: programDigest() } : {};
  return {
    value: createPipeline({ kustomizer: engine.value, progress, isOnce, ...program, ...caches, ...(treeWatch && { treeWatch }) }),
    diagnostics: engine.diagnostics,
  };
}

async function openEngine({ kustomize }: Engine): Promise<Outcome<Kustomizer | undefined>> {
  if (kustomize !== undefined) {
    const { createBinaryKustomizer } = await import('../io/kustomize/binary.ts');
    return createBinaryKustomizer(kustomize);
  }
  const { createWasmKustomizer } = await import('../io/kustomize/wasm.ts');
  return { value: createWasmKustomizer(), diagnostics: [] };
}
