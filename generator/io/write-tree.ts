import { realpath } from 'node:fs/promises';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import type { FileChange } from '../model/change.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { RepoPath } from '../model/source.ts';
import { explainFailure } from './read-text.ts';
import { openStage } from './stage.ts';
import { swapAll, type SwapTree } from './swap.ts';

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
  options: WriteOptions = {},
): Promise<Outcome<'written' | 'refused' | 'interrupted'>> {
  return writeTrees([{ root, changes }], options);
}

/** What is to be written below one root. */
export interface TreeChanges {
  readonly root: string;
  readonly changes: readonly FileChange[];
  /** The target that it is the checkout of, for findings. */
  readonly target?: string;
}

/** The same for several roots at once: all of them are written, or none. */
export async function writeTrees(
  trees: readonly TreeChanges[],
  { signal }: WriteOptions = {},
): Promise<Outcome<'written' | 'refused' | 'interrupted'>> {
  const staged: StagedTree[] = [];
  try {
    for (const { root, changes, target } of trees) {
      const refused = await stageTree(root, { changes, target, staged, signal });
      if (refused) return { value: 'refused', diagnostics: [ofTarget(refused, target)] };
    }
    // Lets a signal in that came while files were written; the next chance is after the swap.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) return { value: 'interrupted', diagnostics: [] };
    const refused = swapAll(staged);
    return { value: refused ? 'refused' : 'written', diagnostics: refused ? [ofTarget(refused.finding, refused.tree.target)] : [] };
  } finally {
    for (const { stage } of staged) await stage.remove();
  }
}

interface StagedTree extends SwapTree {
  readonly target: string | undefined;
}

interface Staging {
  readonly changes: readonly FileChange[];
  readonly target: string | undefined;
  readonly staged: StagedTree[];
  readonly signal: AbortSignal | undefined;
}

async function stageTree(root: string, { changes, target, staged, signal }: Staging): Promise<Diagnostic | undefined> {
  try {
    const folder = await realpath(root);
    const stage = await openStage(folder);
    if ('code' in stage) return stage;
    staged.push({ root: folder, changes, stage, target });
    await stage.fill(changes, signal);
    return undefined;
  } catch (error) {
    return refusal('.espalier' as RepoPath, error);
  }
}

function ofTarget(finding: Diagnostic, target: string | undefined): Diagnostic {
  return target === undefined ? finding : { ...finding, target };
}

function refusal(path: RepoPath, error: unknown): Diagnostic {
  return diagnose('cannot-write', { path, reason: explainFailure(error).reason }, { reach: RUN });
}
