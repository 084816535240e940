import type { Progress } from '../model/ports.ts';

/** A step's progress as people see it, and its end. */
export interface ProgressDisplay {
  readonly progress: Progress;
  stop(): void;
}

/** A spinner on a terminal; one line for each step in CI; otherwise nothing. */
export async function createProgress({ kind }: { readonly kind: 'spinner' | 'lines' | 'none' }): Promise<ProgressDisplay> {
  switch (kind) {
    case 'spinner':
      return createSpinner();
    case 'lines':
      return createLines();
    case 'none':
      return { progress: () => undefined, stop: () => undefined };
    default:
      return kind satisfies never;
  }
}

async function createSpinner(): Promise<ProgressDisplay> {
  const { default: ora } = await import('ora');
  // Signals are answered by whoever runs the pipeline, input is none of the spinner's business.
  const spinner = ora({ stream: process.stderr, discardStdin: false });
  return {
    progress(step, done, total) {
      spinner.text = `${step} ${done}/${total}`;
      if (!spinner.isSpinning) spinner.start();
    },
    stop: () => void spinner.stop(),
  };
}

function createLines(): ProgressDisplay {
  const told = new Set<string>();
  return {
    progress(step, _done, total) {
      if (told.has(step)) return;
      told.add(step);
      process.stderr.write(`${step}: ${total}\n`);
    },
    stop: () => told.clear(),
  };
}
