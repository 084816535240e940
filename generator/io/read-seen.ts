import { basename, dirname, relative, resolve, sep } from 'node:path';
import { RUN } from '../diagnostics/diagnose.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { RepoPath, SourceFile } from '../model/source.ts';
import { readText } from './read-text.ts';

/** Clusters have many references, and kubectl prints them at length. */
const LIMIT = { bytes: 32 * 1024 * 1024, text: '32 MiB' } as const;

/** The file of `--seen`, which may lie anywhere; findings name it as it is seen from the fleet's folder. */
export async function readSeen(root: string, file: string): Promise<Outcome<SourceFile | undefined>> {
  const whole = resolve(file);
  // Only for people, and to show the line: nothing is written there.
  const shown = relative(resolve(root), whole).split(sep).join('/') as RepoPath;
  const read = await readText({ root: dirname(whole), path: basename(whole) as RepoPath, reach: RUN, limit: LIMIT, shown });
  return 'text' in read ? { value: read, diagnostics: [] } : { value: undefined, diagnostics: [read] };
}
