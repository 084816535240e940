import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWasmKustomizer } from '../../io/kustomize/wasm.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Pipeline } from '../../model/run.ts';
import { createPipeline } from '../../pipeline.ts';
import type { Made } from './made.ts';

/**
 * Runs the whole pipeline as if the files were there. Gives the errors that they would bring; what is wrong without them is no reason
 * against them.
 */
export async function tryOut(root: string, { files, trial }: Pick<Made, 'files' | 'trial'>): Promise<readonly Diagnostic[]> {
  const pipeline = createPipeline({ kustomizer: createWasmKustomizer() });
  try {
    if (trial) {
      const found = await inEmptyFolder(async (folder) => errorsOf(pipeline, { root: folder, proposed: [...files, ...trial] }));
      // Nobody knows the documents of the trial.
      const isTrial = (path: string): boolean => trial.some((file) => file.path === path);
      return found.map(({ source, ...diagnostic }) => (source && !isTrial(source.file) ? { ...diagnostic, source } : diagnostic));
    }
    const after = await errorsOf(pipeline, { root, proposed: files });
    if (after.length === 0) return [];
    const before = new Set((await errorsOf(pipeline, { root })).map(identityOf));
    return after.filter((diagnostic) => !before.has(identityOf(diagnostic)));
  } finally {
    await pipeline.close();
  }
}

async function errorsOf(
  pipeline: Pipeline,
  request: { readonly root: string; readonly proposed?: Made['files'] },
): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await pipeline.run({ ...request, isolate: false, binding: 'late' });
  return diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'no-intents');
}

function identityOf({ code, message, source }: Diagnostic): string {
  return JSON.stringify([code, message, source?.file]);
}

async function inEmptyFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'espalier-trial-'));
  try {
    await mkdir(join(folder, 'intents'));
    await mkdir(join(folder, 'templates/apps'), { recursive: true });
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
