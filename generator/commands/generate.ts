import { INTERRUPTED, listenForInterrupt } from '../io/interrupt.ts';
import { createProgress, type ProgressDisplay } from '../io/progress.ts';
import { createTerminal, isCi, type Terminal } from '../io/terminal.ts';
import type { Pipeline } from '../model/run.ts';
import { openPipeline, type PipelineUse } from './open-pipeline.ts';
import { report } from './report.ts';
import type { RunOptions } from './run-options.ts';
import { type Finished, runOnce } from './run-once.ts';

/** What a command works with while it runs. */
export interface Session {
  readonly options: RunOptions;
  readonly terminal: Terminal;
  readonly pipeline: Pipeline;
  readonly display: ProgressDisplay;
  readonly signal: AbortSignal;
}

/** Renders the intents once, and does with the result what was asked for. Gives the exit code. */
export async function generate(options: RunOptions): Promise<number> {
  return inSession(options, async (session) => (await runAndReport(session))?.exitCode ?? INTERRUPTED, { isOnce: true });
}

/** Opens all that a run needs, and closes it again. An engine that cannot be used is reported like any other mistake. */
export async function inSession(options: RunOptions, act: (session: Session) => Promise<number>, use: PipelineUse = {}): Promise<number> {
  const terminal = createTerminal({ color: options.color });
  const interrupt = listenForInterrupt();
  const display = await createProgress({ kind: progressKind(options, terminal) });
  const { value: pipeline, diagnostics } = await openPipeline(options, display.progress, use);
  try {
    if (pipeline) return await act({ options, terminal, pipeline, display, signal: interrupt.signal });
    const nothing: Finished = {
      diagnostics,
      changeSet: undefined,
      removals: [],
      held: [],
      handovers: [],
      elsewhere: 0,
      instances: 0,
      preview: undefined,
      isWritten: false,
      seconds: 0,
      exitCode: 1,
    };
    await report(nothing, options, terminal);
    return nothing.exitCode;
  } finally {
    display.stop();
    // After a signal nobody waits for builds that are under way.
    if (!interrupt.signal.aborted) await pipeline?.close();
    interrupt.close();
  }
}

/** One run, told to the terminal; `undefined` when a signal ended it, or when it was not worth telling. */
export async function runAndReport(
  { options, terminal, pipeline, display, signal }: Session,
  isWorthTelling: (finished: Finished) => boolean = () => true,
): Promise<Finished | undefined> {
  const finished = await runOnce(options, { pipeline, signal, paint: terminal.outPaint });
  display.stop();
  if (!finished || !isWorthTelling(finished)) return undefined;
  await report(finished, options, terminal);
  return finished;
}

function progressKind({ output }: RunOptions, { isInteractive }: Terminal): 'spinner' | 'lines' | 'none' {
  if (output === 'json') return 'none';
  return isInteractive ? 'spinner' : isCi() ? 'lines' : 'none';
}
