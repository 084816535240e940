import { RUN } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { RepoPath } from '../model/source.ts';
import { readText } from './read-text.ts';

/** Lines of all files that findings speak of, as far as they can be read now. */
export async function readLines(root: string, diagnostics: readonly Diagnostic[]): Promise<ReadonlyMap<RepoPath, readonly string[]>> {
  // Lines of another repository's files are not shown.
  const places = diagnostics
    .filter(({ target }) => target === undefined)
    .flatMap(({ source, related = [] }) => [source, ...related.map((one) => one.source)]);
  const lines = new Map<RepoPath, readonly string[]>();
  for (const file of new Set(places.flatMap((place) => place?.file ?? []))) {
    const text = await readText({ root, path: file, reach: RUN });
    if ('text' in text) lines.set(file, text.text.split(/\r\n|\n|\r/));
  }
  return lines;
}
