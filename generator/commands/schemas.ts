import { resolve } from 'node:path';
import { schemas } from '../02-validate/schemas.generated.ts';
import { humanReport } from '../diagnostics/report/human.ts';
import { checkFleet } from '../io/read-input.ts';
import { createTerminal } from '../io/terminal.ts';
import { fileAction } from '../lib/file-action.ts';
import type { FileChange } from '../model/change.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import { schemaFiles } from '../scaffold/repository.ts';
import type { SharedOptions } from './cli/command-line.ts';
import { filesReport } from './files-report.ts';
import { writeOver } from './write-over.ts';

/** `espalier schemas`: the schemas of this version for editors, over those of another one. Gives the exit code. */
export async function writeSchemas(options: SharedOptions): Promise<number> {
  const files = new Map(schemaFiles(schemas).map(({ path, text }) => [path, text]));
  const { value, diagnostics } = await write(resolve(options.root), files);
  const terminal = createTerminal({ color: options.color });
  const isWritten = value !== undefined;
  if (options.json)
    terminal.out(filesReport({ diagnostics, changes: value ?? [], unchanged: isWritten ? files.size - value.length : 0, isWritten }));
  else if (isWritten) terminal.out(asText(value));
  else terminal.err(`${humanReport(diagnostics, { paint: terminal.errPaint, lines: new Map() })}Nothing was written.\n`);
  return isWritten ? 0 : 1;
}

async function write(root: string, files: Parameters<typeof writeOver>[1]): Promise<Outcome<readonly FileChange[] | undefined>> {
  const diagnostics: readonly Diagnostic[] = await checkFleet(root);
  return diagnostics.length > 0 ? { value: undefined, diagnostics } : writeOver(root, files);
}

function asText(changes: readonly FileChange[]): string {
  if (changes.length === 0) return 'The schemas are of this version already.\n';
  return changes.map((change) => `${fileAction(change)}d ${change.path}\n`).join('');
}
