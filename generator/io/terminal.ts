import { createColors } from 'picocolors';
import { type Paint, plain } from '../diagnostics/report/paint.ts';

/** Where the program speaks: results on standard output, findings and progress on standard error. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly outPaint: Paint;
  readonly errPaint: Paint;
  /** Whether a person watches standard error. */
  readonly isInteractive: boolean;
}

export function createTerminal({ color }: { readonly color: boolean }): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    outPaint: wantsColor(process.stdout, color) ? createColors(true) : plain,
    errPaint: wantsColor(process.stderr, color) ? createColors(true) : plain,
    // A terminal without a width (a bare pseudo-terminal) makes a spinner clear lines without end.
    isInteractive: process.stderr.isTTY && process.stderr.columns > 0 && process.env['TERM'] !== 'dumb' && !isCi(),
  };
}

/** Sources: no-color.org; force-color.org. */
function wantsColor(stream: NodeJS.WriteStream, asked: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!asked || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return stream.isTTY && TERM !== 'dumb';
}

export function isCi(): boolean {
  const { CI } = process.env;
  return CI !== undefined && CI !== '' && CI !== 'false';
}

/** Runs inside a GitHub workflow. */
export function isGithubActions(): boolean {
  return process.env['GITHUB_ACTIONS'] === 'true';
}
