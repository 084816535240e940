import { watchInput } from '../io/watch.ts';
import { inSession, runAndReport } from './generate.ts';
import type { RunOptions } from './run-options.ts';

/** Runs at once, and again after every edit of intents or templates, until a signal comes. */
export async function watch(options: RunOptions): Promise<number> {
  return inSession(options, async (session) => {
    const { signal, terminal } = session;
    const ended = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const watcher = await watchInput(options.root, async () => {
      if ((await runAndReport(session)) !== undefined) terminal.err(terminal.errPaint.dim('watching intents/ and templates/\n'));
    });
    if (!signal.aborted) await ended;
    await watcher.close();
    return 0;
  });
}
