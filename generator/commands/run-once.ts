import { performance } from 'node:perf_hooks';
import { resolve } from 'node:path';
import { publish, type WriteResult } from '../10-publish/publish.ts';
import type { Paint } from '../diagnostics/report/paint.ts';
import { begin } from '../io/phases.ts';
import { writeTrees } from '../io/write-tree.ts';
import type { ChangeSet } from '../model/change.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Handover } from '../model/handover.ts';
import type { HeldApp } from '../model/held.ts';
import type { Removal } from '../model/removal.ts';
import type { Pipeline, RunResult } from '../model/run.ts';
import { changesByRoot } from './changes-by-root.ts';
import type { RunOptions } from './run-options.ts';
import type { Preview } from './preview/preview.ts';

/** What came of a run, ready to be reported. */
export interface Finished {
  readonly diagnostics: readonly Diagnostic[];
  /** `undefined`: the run came to no plan, because of errors. */
  readonly changeSet: ChangeSet | undefined;
  readonly removals: readonly Removal[];
  /** What stays as committed because of errors. */
  readonly held: readonly HeldApp[];
  /** Clusters whose agent changes. */
  readonly handovers: readonly Handover[];
  /** How many errors concern nothing that `--only` names. */
  readonly elsewhere: number;
  readonly instances: number;
  /** The changes by object and field, where asked for. */
  readonly preview: Preview | undefined;
  readonly isWritten: boolean;
  readonly seconds: number;
  readonly exitCode: number;
}

export interface Running {
  readonly pipeline: Pipeline;
  readonly signal: AbortSignal;
  /** For the preview. */
  readonly paint: Paint;
}

/** Runs the pipeline and does with its plan what was asked for. `undefined`: a signal came first, and nothing was changed. */
export async function runOnce(options: RunOptions, { pipeline, signal, paint }: Running): Promise<Finished | undefined> {
  const started = performance.now();
  const root = resolve(options.root);
  const { isolate, binding, only, seen, checkouts = [], withoutCheckouts = [] } = options;
  const request = {
    root,
    isolate,
    binding,
    checkouts,
    withoutCheckouts,
    ...(only !== undefined && { only }),
    ...(seen !== undefined && { seen }),
  };
  const result = await unlessAborted(pipeline.run(request), signal);
  if (!result) return undefined;
  const { changeSet, removals, held, handovers, elsewhere, instances, roots } = result;
  // Before writing: what stands there is one of the two sides.
  const preview =
    options.diff && changeSet
      ? await (await import('./preview/preview.ts')).preview(changeSet, { root, roots, paint, options, removals })
      : undefined;
  begin('write');
  const written = await write(root, { options, changeSet, roots, signal });
  if (written.value === 'interrupted') return undefined;
  begin('report');
  const diagnostics = [...result.diagnostics, ...written.diagnostics];
  return {
    diagnostics,
    changeSet,
    removals,
    held,
    handovers,
    elsewhere,
    instances,
    preview,
    isWritten: written.value === 'written',
    seconds: (performance.now() - started) / 1000,
    exitCode: exitCode(diagnostics, { changeSet, mode: options.mode }),
  };
}

interface Writing {
  readonly options: RunOptions;
  readonly changeSet: ChangeSet | undefined;
  readonly roots: RunResult['roots'];
  readonly signal: AbortSignal;
}

async function write(root: string, { options, changeSet, roots, signal }: Writing): Promise<Outcome<WriteResult>> {
  if (options.mode !== 'write' || !changeSet) return { value: 'refused', diagnostics: [] };
  return publish(changeSet, (changes) => writeTrees(changesByRoot(changes, { root, roots }), { signal }));
}

function exitCode(diagnostics: readonly Diagnostic[], { changeSet, mode }: Pick<Finished, 'changeSet'> & Pick<RunOptions, 'mode'>): number {
  if (diagnostics.some(({ severity }) => severity === 'error')) return 1;
  return mode === 'compare' && (changeSet?.changes.length ?? 0) > 0 ? 3 : 0;
}

/** The promise's value, or `undefined` as soon as the signal comes. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  let stop: () => void = () => undefined;
  const aborted = new Promise<undefined>((settle) => {
    stop = () => settle(undefined);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
