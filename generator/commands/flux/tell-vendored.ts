import { resolve } from 'node:path';
import { humanReport } from '../../diagnostics/report/human.ts';
import { jsonReport } from '../../diagnostics/report/json.ts';
import { readLines } from '../../io/read-lines.ts';
import { createTerminal } from '../../io/terminal.ts';
import type { FileChange } from '../../model/change.ts';
import type { Outcome } from '../../model/diagnostic.ts';
import type { SharedOptions } from '../cli/command-line.ts';
import type { Vendored } from './write-vendored.ts';

/** Tells what was vendored, or why nothing was, and gives the exit code. */
export async function tellVendored({ value, diagnostics }: Outcome<Vendored | undefined>, options: SharedOptions): Promise<number> {
  const exitCode = value ? 0 : 1;
  const terminal = createTerminal({ color: options.color });
  if (options.json) {
    terminal.out(asJson({ value, diagnostics }, exitCode));
    return exitCode;
  }
  const lines = await readLines(resolve(options.root), diagnostics);
  if (diagnostics.length > 0) terminal.err(humanReport(diagnostics, { paint: terminal.errPaint, lines }));
  if (value) terminal.out(asText(value));
  else terminal.err('Nothing was written.\n');
  return exitCode;
}

function actionOf({ before }: FileChange): 'create' | 'update' {
  return before === undefined ? 'create' : 'update';
}

function asText({ version, components, from, changes }: Vendored): string {
  if (changes.length === 0) return `Flux ${version} is vendored already.\n`;
  const written = changes.map((change) => `${actionOf(change)}d ${change.path}\n`).join('');
  return `${written}Flux ${version} from ${from}: ${components.join(', ')}\n`;
}

function asJson({ value, diagnostics }: Outcome<Vendored | undefined>, exitCode: number): string {
  const changes = (value?.changes ?? []).map((change) => ({ action: actionOf(change), path: change.path }));
  const created = changes.filter(({ action }) => action === 'create').length;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const summary = {
    errors,
    warnings: diagnostics.length - errors,
    elsewhere: 0,
    instances: 0,
    created,
    updated: changes.length - created,
    deleted: 0,
    unchanged: value ? 2 - changes.length : 0,
    held: 0,
    outside: 0,
    written: value !== undefined,
    seconds: 0,
  };
  return jsonReport({ diagnostics, changes, removals: [], held: [], summary, exitCode });
}
