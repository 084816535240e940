import { resolve } from 'node:path';
import { humanReport } from '../../diagnostics/report/human.ts';
import { jsonReport } from '../../diagnostics/report/json.ts';
import { readLines } from '../../io/read-lines.ts';
import { createTerminal } from '../../io/terminal.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RepoPath, SourceFile } from '../../model/source.ts';
import type { Made, MakeOptions } from './made.ts';

/** What came of making something: with findings, nothing was written. */
export interface Told {
  readonly diagnostics: readonly Diagnostic[];
  readonly made?: Made | undefined;
}

/** Tells what was made, or why not, and gives the exit code. */
export async function tell(told: Told, options: MakeOptions): Promise<number> {
  const exitCode = told.diagnostics.length > 0 ? 1 : 0;
  const terminal = createTerminal({ color: options.color });
  if (options.json) terminal.out(asJson(told, { isWritten: exitCode === 0 && !options.dryRun, exitCode }));
  else if (exitCode === 0) terminal.out(told.made ? asText(told.made, options) : '');
  else
    terminal.err(
      `${humanReport(told.diagnostics, { paint: terminal.errPaint, lines: await linesOf(options.root, told) })}Nothing was written.\n`,
    );
  return exitCode;
}

function asJson({ diagnostics, made }: Told, { isWritten, exitCode }: { readonly isWritten: boolean; readonly exitCode: number }): string {
  const files = exitCode === 0 && made ? made.files : [];
  const summary = {
    errors: diagnostics.length,
    warnings: 0,
    elsewhere: 0,
    instances: 0,
    created: isWritten ? files.length : 0,
    updated: 0,
    deleted: 0,
    unchanged: 0,
    held: 0,
    outside: 0,
    written: isWritten,
    seconds: 0,
  };
  return jsonReport({
    diagnostics,
    changes: files.map(({ path }) => ({ action: 'create', path })),
    removals: [],
    held: [],
    summary,
    exitCode,
  });
}

function asText({ files, notes = [], next }: Made, { dryRun }: MakeOptions): string {
  const noted = notes.length === 0 ? '' : `\n${notes.map((note) => `note: ${note}\n`).join('')}`;
  if (dryRun) return `${files.map(({ path, text }) => `--- would create ${path}\n${text}`).join('\n')}${noted}`;
  const steps = next.length === 0 ? '' : `\nNext:\n${next.map((line) => `  ${line}\n`).join('')}`;
  return `${files.map(({ path }) => `created ${path}\n`).join('')}${noted}${steps}`;
}

/** Lines of files on disk, and of those that were not written. */
async function linesOf(root: string, { diagnostics, made }: Told): Promise<ReadonlyMap<RepoPath, readonly string[]>> {
  const files: readonly SourceFile[] = made?.files ?? [];
  const there = await readLines(resolve(root), diagnostics);
  return new Map([...there, ...files.map(({ path, text }) => [path, text.split('\n')] as const)]);
}
