import { resolve } from 'node:path';
import { humanReport } from '../../diagnostics/report/human.ts';
import { readLines } from '../../io/read-lines.ts';
import { createTerminal } from '../../io/terminal.ts';
import { fileAction } from '../../lib/file-action.ts';
import type { Outcome } from '../../model/diagnostic.ts';
import type { SharedOptions } from '../cli/command-line.ts';
import { filesReport } from '../files-report.ts';
import type { Vendored } from './write-vendored.ts';

/** Tells what was vendored, or why nothing was, and gives the exit code. */
export async function tellVendored({ value, diagnostics }: Outcome<Vendored | undefined>, options: SharedOptions): Promise<number> {
  const exitCode = value ? 0 : 1;
  const terminal = createTerminal({ color: options.color });
  if (options.json) {
    terminal.out(asJson({ value, diagnostics }));
    return exitCode;
  }
  const lines = await readLines(resolve(options.root), diagnostics);
  if (diagnostics.length > 0) terminal.err(humanReport(diagnostics, { paint: terminal.errPaint, lines }));
  if (value) terminal.out(asText(value));
  else terminal.err('Nothing was written.\n');
  return exitCode;
}

/** The manifests and the lock file. */
const FILES = 2;

function asText({ version, components, from, changes }: Vendored): string {
  if (changes.length === 0) return `Flux ${version} is vendored already.\n`;
  const written = changes.map((change) => `${fileAction(change)}d ${change.path}\n`).join('');
  return `${written}Flux ${version} from ${from}: ${components.join(', ')}\n`;
}

function asJson({ value, diagnostics }: Outcome<Vendored | undefined>): string {
  const { changes } = value ?? { changes: [] };
  return filesReport({ diagnostics, changes, unchanged: value ? FILES - changes.length : 0, isWritten: value !== undefined });
}
