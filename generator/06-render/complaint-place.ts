import type { Source, SourceFile } from '../model/source.ts';
import { sourceAt } from './finding.ts';

/** The line that names the object that a complaint speaks of, `Service "web"` or `a Service named "web"`; the first one where there are several. */
export function placeOfComplaint(reason: string, files: readonly SourceFile[]): Source | undefined {
  const [, kind = '', name = ''] = /\b([A-Z][A-Za-z0-9]{0,80}) (?:named )?"([\w.-]{1,260})"/.exec(reason) ?? [];
  if (name === '') return undefined;
  for (const { path, text } of files) {
    const lines = text.split('\n');
    const line = lines.findIndex((written, index) => names(written, name) && isOfKind(lines, { index, kind }));
    if (line < 0) continue;
    const written = lines[line] ?? '';
    return sourceAt(path, { line: line + 1, column: written.indexOf(name) + 1, length: name.length });
  }
  return undefined;
}

/** Kind and name stand within one document. */
function isOfKind(lines: readonly string[], { index, kind }: { readonly index: number; readonly kind: string }): boolean {
  const start = lines.slice(0, index).lastIndexOf('---') + 1;
  const length = lines.slice(index).indexOf('---');
  return lines.slice(start, length < 0 ? lines.length : index + length).some((written) => written.trimEnd() === `kind: ${kind}`);
}

function names(written: string, name: string): boolean {
  const at = written.indexOf(name);
  if (at < 0 || !/(?:^|[\s{,])name:\s*["']?$/.test(written.slice(0, at))) return false;
  return /^["']?\s*(?:[,}#]|$)/.test(written.slice(at + name.length));
}
