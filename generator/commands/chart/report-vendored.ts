import { structuredPatch } from 'diff';
import { humanReport } from '../../diagnostics/report/human.ts';
import { jsonReport } from '../../diagnostics/report/json.ts';
import type { Paint } from '../../diagnostics/report/paint.ts';
import { visible } from '../../diagnostics/report/visible.ts';
import { createTerminal } from '../../io/terminal.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SharedOptions } from '../cli/command-line.ts';
import type { TextChange } from './vendored-files.ts';

/** What came of vendoring. With findings, nothing was written. */
export interface Vendored {
  readonly diagnostics: readonly Diagnostic[];
  readonly changes?: readonly TextChange[];
  readonly unchanged?: number;
  readonly notes?: readonly string[];
}

type Action = 'create' | 'update' | 'delete';

/** Tells what changed, line by line, or why nothing was written; gives the exit code. */
export async function reportVendored(vendored: Vendored, options: SharedOptions & { readonly dryRun: boolean }): Promise<number> {
  const exitCode = vendored.diagnostics.length > 0 ? 1 : 0;
  const terminal = createTerminal({ color: options.color });
  if (options.json) terminal.out(asJson(vendored, { isWritten: exitCode === 0 && !options.dryRun, exitCode }));
  else if (exitCode === 0) terminal.out(asText(vendored, { paint: terminal.outPaint, dryRun: options.dryRun }));
  else terminal.err(`${humanReport(vendored.diagnostics, { paint: terminal.errPaint, lines: new Map() })}Nothing was written.\n`);
  return Promise.resolve(exitCode);
}

function actionOf({ texts: { before, after } }: TextChange): Action {
  return before === undefined ? 'create' : after === undefined ? 'delete' : 'update';
}

function count(changes: readonly TextChange[], action: Action): number {
  return changes.filter((change) => actionOf(change) === action).length;
}

function asJson(
  { diagnostics, changes = [], unchanged = 0, notes = [] }: Vendored,
  { isWritten, exitCode }: { readonly isWritten: boolean; readonly exitCode: number },
): string {
  const shown = exitCode === 0 ? changes : [];
  const summary = {
    errors: diagnostics.length,
    warnings: 0,
    instances: 0,
    created: count(shown, 'create'),
    updated: count(shown, 'update'),
    deleted: count(shown, 'delete'),
    unchanged,
    held: 0,
    elsewhere: 0,
    outside: 0,
    written: isWritten,
    seconds: 0,
  };
  const listed = shown.map((change) => ({ action: actionOf(change), path: change.path }));
  return jsonReport({ diagnostics, changes: listed, removals: [], held: [], summary, exitCode, notes });
}

const SIGNS = { create: '+', update: '~', delete: '-' } as const;

function asText(
  { changes = [], unchanged = 0, notes = [] }: Vendored,
  { paint, dryRun }: { readonly paint: Paint; readonly dryRun: boolean },
): string {
  const shown = changes.flatMap((change) => [`${SIGNS[actionOf(change)]} ${change.path}`, ...linesOf(change, paint)]);
  const noted = notes.map((note) => `note: ${note}`);
  const numbers = (['create', 'update', 'delete'] as const).map((action) => `${action}${dryRun ? '' : 'd'} ${count(changes, action)}`);
  return `${[...shown, ...noted, `${dryRun ? 'would ' : ''}${numbers.join(', ')}, unchanged ${unchanged}`].join('\n')}\n`;
}

/** Of a file that changes, the lines that do. */
function linesOf({ texts: { before, after } }: TextChange, paint: Paint): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 1 });
  return hunks.flatMap(({ lines }) =>
    lines.map((line) => `    ${(line.startsWith('+') ? paint.green : line.startsWith('-') ? paint.red : paint.dim)(visible(line))}`),
  );
}
