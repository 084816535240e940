import { structuredPatch } from 'diff';
import { humanReport } from '../../diagnostics/report/human.ts';
import type { Paint } from '../../diagnostics/report/paint.ts';
import { visible } from '../../diagnostics/report/visible.ts';
import { createTerminal } from '../../io/terminal.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { countChanges, fileAction } from '../../lib/file-action.ts';
import type { SharedOptions } from '../cli/command-line.ts';
import { filesReport } from '../files-report.ts';
import type { TextChange } from './vendored-files.ts';

/** What came of vendoring. With findings, nothing was written. */
export interface Vendored {
  readonly diagnostics: readonly Diagnostic[];
  readonly changes?: readonly TextChange[];
  readonly unchanged?: number;
  readonly notes?: readonly string[];
}

/** Tells what changed, line by line, or why nothing was written; gives the exit code. */
export function reportVendored(vendored: Vendored, options: SharedOptions & { readonly dryRun: boolean }): number {
  const exitCode = vendored.diagnostics.length > 0 ? 1 : 0;
  const terminal = createTerminal({ color: options.color });
  if (options.json) terminal.out(asJson(vendored, exitCode === 0 && !options.dryRun));
  else if (exitCode === 0) terminal.out(asText(vendored, { paint: terminal.outPaint, dryRun: options.dryRun }));
  else terminal.err(`${humanReport(vendored.diagnostics, { paint: terminal.errPaint, lines: new Map() })}Nothing was written.\n`);
  return exitCode;
}

function asJson({ diagnostics, changes = [], unchanged = 0, notes = [] }: Vendored, isWritten: boolean): string {
  return filesReport({ diagnostics, changes: diagnostics.length === 0 ? changes : [], unchanged, isWritten, notes });
}

const SIGNS = { create: '+', update: '~', delete: '-' } as const;

function asText(
  { changes = [], unchanged = 0, notes = [] }: Vendored,
  { paint, dryRun }: { readonly paint: Paint; readonly dryRun: boolean },
): string {
  const shown = changes.flatMap((change) => [`${SIGNS[fileAction(change)]} ${change.path}`, ...linesOf(change, paint)]);
  const noted = notes.map((note) => `note: ${note}`);
  const { created, updated, deleted } = countChanges(changes);
  const figures = dryRun
    ? `would create ${created}, update ${updated}, delete ${deleted}, unchanged ${unchanged}`
    : `created ${created}, updated ${updated}, deleted ${deleted}, unchanged ${unchanged}`;
  return `${[...shown, ...noted, figures].join('\n')}\n`;
}

/** Of a file that changes, the lines that do. */
function linesOf({ texts: { before, after } }: TextChange, paint: Paint): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 1 });
  return hunks.flatMap(({ lines }) =>
    lines.map((line) => `    ${(line.startsWith('+') ? paint.green : line.startsWith('-') ? paint.red : paint.dim)(visible(line))}`),
  );
}
