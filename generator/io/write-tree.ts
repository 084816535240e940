import { realpath } from 'node:fs/promises';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import type { FileChange } from '../model/change.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { RepoPath } from '../model/source.ts';
import { explainFailure } from './read-text.ts';
import { openStage, type Stage } from './stage.ts';
import { swap } from './swap.ts';

export interface WriteOptions {
  /** Aborted by a signal: until the files are swapped in, everything is taken back; from then on it comes too late. */
  readonly signal?: AbortSignal;
}

/**
 * Writes all changes or none. The contents are staged below the root, on the same file system; then every precondition is checked, and the
 * files are swapped in by one synchronous section, which no signal that has a handler can interrupt. A refusal on the way is undone.
 */
export async function writeTree(
  root: string,
  changes: readonly FileChange[],
  { signal }: WriteOptions = {},
): Promise<Outcome<'written' | 'refused' | 'interrupted'>> {
  let stage: Stage | undefined;
  try {
    const folder = await realpath(root);
    const opened = await openStage(folder);
    if ('code' in opened) return { value: 'refused', diagnostics: [opened] };
    stage = opened;
    await stage.fill(changes, signal);
    // Lets a signal in that came while files were written; the next chance is after the swap.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) return { value: 'interrupted', diagnostics: [] };
    const refused = swap(folder, changes, stage);
    return { value: refused ? 'refused' : 'written', diagnostics: refused ? [refused] : [] };
  } catch (error) {
    return { value: 'refused', diagnostics: [refusal('.espalier' as RepoPath, error)] };
  } finally {
    await stage?.remove();
  }
}

function refusal(path: RepoPath, error: unknown): Diagnostic {
  return diagnose('cannot-write', { path, reason: explainFailure(error).reason }, { reach: RUN });
}
