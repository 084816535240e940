import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Pipeline, RunRequest, RunResult } from '../../model/run.ts';
import { openPipeline } from '../open-pipeline.ts';
import type { Made } from './made.ts';

export interface Tried {
  /** Errors that the files would bring. */
  readonly problems: readonly Diagnostic[];
  /** What a run with them came to; of a trial apart from the repository there is none. */
  readonly result?: RunResult;
}

/**
 * Runs the whole pipeline as if the files were there. Gives the errors that they would bring; what is wrong without them is no reason
 * against them.
 */
export async function tryOut(root: string, { files, trial }: Pick<Made, 'files' | 'trial'>): Promise<Tried> {
  // What is remembered of a folder that is gone at once is of no use to anybody.
  const { value: pipeline, diagnostics } = await openPipeline({ cache: trial === undefined, kustomize: undefined }, () => undefined);
  if (!pipeline) return { problems: diagnostics };
  try {
    if (trial) {
      const found = await inEmptyFolder(async (folder) => errorsOf(await run(pipeline, { root: folder, proposed: [...files, ...trial] })));
      // Nobody knows the documents of the trial.
      const isTrial = (path: string): boolean => trial.some((file) => file.path === path);
      return {
        problems: found.map(({ source, ...diagnostic }) => (source && !isTrial(source.file) ? { ...diagnostic, source } : diagnostic)),
      };
    }
    const result = await run(pipeline, { root, proposed: files });
    const after = errorsOf(result);
    if (after.length === 0) return { problems: [], result };
    const before = new Set(errorsOf(await run(pipeline, { root })).map(identityOf));
    return { problems: after.filter((diagnostic) => !before.has(identityOf(diagnostic))), result };
  } finally {
    await pipeline.close();
  }
}

function run(pipeline: Pipeline, request: Pick<RunRequest, 'root' | 'proposed'>): Promise<RunResult> {
  return pipeline.run({ ...request, isolate: false, binding: 'late', withoutCheckouts: ['all'] });
}

function errorsOf({ diagnostics }: RunResult): readonly Diagnostic[] {
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
