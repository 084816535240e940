import type { RepoPath } from '../model/source.ts';
import { RUN } from '../diagnostics/diagnose.ts';
import { mapLimited } from './map-limited.ts';
import { readText } from './read-text.ts';

const AT_ONCE = 32;

/** The texts of files that are known to be there, each below its root; one that cannot be read any more is missing. */
export async function readTexts(rootOf: (path: RepoPath) => string, paths: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, string>> {
  const read = await mapLimited(paths, AT_ONCE, (path) => readText({ root: rootOf(path), path, reach: RUN }));
  return new Map(read.flatMap((file) => ('text' in file ? [[file.path, file.text] as const] : [])));
}
