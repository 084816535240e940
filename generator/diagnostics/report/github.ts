import type { Diagnostic } from '../../model/diagnostic.ts';
import { inOrder } from './in-order.ts';

/** Annotations for GitHub Actions: one workflow command a line. Source of the escapes: docs.github.com, workflow commands; actions/toolkit, core/command.ts. */
export function githubReport(
  diagnostics: readonly Diagnostic[],
  { folder = '' }: { /** The root's path in the repository. */ readonly folder?: string } = {},
): string {
  return inOrder(diagnostics)
    .map((diagnostic) => `${command(diagnostic, folder)}\n`)
    .join('');
}

function command({ severity, code, message, hint, source, target }: Diagnostic, folder: string): string {
  const properties = {
    // GitHub knows this repository's files only.
    ...(source &&
      target === undefined && {
        file: folder === '' ? source.file : `${folder}/${source.file}`,
        line: String(source.line),
        col: String(source.column),
        endColumn: String(source.column + source.length),
      }),
    title: code,
  };
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${severity} ${listed.join(',')}::${escapeData(hint === undefined ? message : `${message}\n${hint}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
