import { resolve } from 'node:path';
import { humanReport } from '../../diagnostics/report/human.ts';
import { readLines } from '../../io/read-lines.ts';
import { createTerminal } from '../../io/terminal.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RepoPath, SourceFile } from '../../model/source.ts';
import { filesReport } from '../files-report.ts';
import { importedText } from '../import/imported-text.ts';
import { comparedText, handoverText } from '../import/compared-text.ts';
import type { ComparedObject, Made, MakeOptions } from './made.ts';

/** What came of making something: with findings, nothing was written. */
export interface Told {
  readonly diagnostics: readonly Diagnostic[];
  readonly made?: Made | undefined;
  /** What runs, beside what was made. */
  readonly compared?: readonly ComparedObject[];
}

/** Tells what was made, or why not, and gives the exit code. */
export async function tell(told: Told, options: MakeOptions): Promise<number> {
  const exitCode = told.diagnostics.length > 0 ? 1 : 0;
  const terminal = createTerminal({ color: options.color });
  if (options.json) terminal.out(asJson(told, exitCode === 0 && !options.dryRun));
  else if (exitCode === 0) terminal.out(told.made ? asText(told.made, { ...options, compared: told.compared }) : '');
  else {
    const findings = humanReport(told.diagnostics, { paint: terminal.errPaint, lines: await linesOf(options.root, told) });
    const imported = told.made?.imported ? `${importedText(told.made.imported)}${comparedText(told.compared)}\n` : '';
    terminal.err(`${imported}${findings}Nothing was written.\n`);
  }
  return exitCode;
}

function asJson({ diagnostics, made, compared }: Told, isWritten: boolean): string {
  const imported = made?.imported;
  const extra = { notes: made?.notes, imported, compared, handover: made?.handover };
  if (diagnostics.length > 0 || !made) return filesReport({ diagnostics, ...extra });
  const files = [...made.files, ...(made.attached?.files ?? [])];
  const changes = files.map(({ path, text }) => ({ path, after: text }));
  return filesReport({ diagnostics, changes, isWritten, ...extra });
}

function asText(
  { files, attached, notes = [], next, imported, handover }: Made,
  { dryRun, compared }: MakeOptions & { readonly compared: Told['compared'] },
): string {
  const told = imported ? `\n${importedText(imported)}${comparedText(compared)}${handoverText(handover)}` : '';
  const noted = `${notes.length === 0 ? '' : `\n${notes.map((note) => `note: ${note}\n`).join('')}`}${told}`;
  if (dryRun)
    return `${files.map(({ path, text }) => `--- would create ${path}\n${text}`).join('\n')}${attached ? `--- would create ${attached.title}\n` : ''}${noted}`;
  const steps = next.length === 0 ? '' : `\nNext:\n${next.map((line) => `  ${line}\n`).join('')}`;
  return `${files.map(({ path }) => `created ${path}\n`).join('')}${attached ? `created ${attached.title}\n` : ''}${noted}${steps}`;
}

/** Lines of files on disk, and of those that were not written. */
async function linesOf(root: string, { diagnostics, made }: Told): Promise<ReadonlyMap<RepoPath, readonly string[]>> {
  const files: readonly SourceFile[] = made?.files ?? [];
  const there = await readLines(resolve(root), diagnostics);
  return new Map([...there, ...files.map(({ path, text }) => [path, text.split('\n')] as const)]);
}
