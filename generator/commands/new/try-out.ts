import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Pipeline } from '../../model/run.ts';
import { openPipeline } from '../open-pipeline.ts';
import type { Made } from './made.ts';

/**
 * Runs the whole pipeline as if the files were there. Gives the errors that they would bring; what is wrong without them is no reason
 * against them.
 */
export async function tryOut(root: string, { files, trial }: Pick<Made, 'files' | 'trial'>): Promise<readonly Diagnostic[]> {
  // What is remembered of a folder that is gone at once is of no use to anybody.
  const { value: pipeline, diagnostics } = await openPipeline({ cache: trial === undefined, kustomize: undefined }, () => undefined);
  if (!pipeline) return diagnostics;
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
  const { diagnostics } = await pipeline.run({ ...request, isolate: false, binding: 'late', withoutCheckouts: ['all'] });
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
