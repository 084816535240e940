import { parseRepoPath } from '../lib/path.ts';
import type { Change, ChangeSet } from '../model/change.ts';
import type { Outcome } from '../model/diagnostic.ts';

/** Writes changes to a tree: all of them, or none and a finding. */
export type TreeWriter = (changes: readonly Change[]) => Promise<Outcome<WriteResult>>;

/** `interrupted`: a signal came before anything was changed. */
export type WriteResult = 'written' | 'refused' | 'interrupted';

/** Brings a plan into the tree. Nothing to change makes no request to write. Throws, because it is our bug, on a path outside of the tree. */
export async function publish({ changes }: ChangeSet, write: TreeWriter): Promise<Outcome<WriteResult>> {
  if (changes.length === 0) return { value: 'written', diagnostics: [] };
  const seen = new Set<string>();
  for (const { path, before, after } of changes) {
    if (parseRepoPath(path) === undefined || !path.startsWith('clusters/'))
      throw new Error(`A change outside of the tree: ${JSON.stringify(path)}`);
    if (before === undefined && after === undefined) throw new Error(`A change of nothing: ${path}`);
    if (seen.has(path)) throw new Error(`Two changes of one path: ${path}`);
    seen.add(path);
  }
  return write(changes);
}

/** The changes in figures. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
}

export function countChanges(changes: readonly Change[]): Counts {
  const counts = { created: 0, updated: 0, deleted: 0 };
  for (const change of changes) counts[actionOf(change)] += 1;
  return counts;
}

/** What becomes of the change's file. */
export function actionOf({ before, after }: Change): keyof Counts {
  if (after === undefined) return 'deleted';
  return before === undefined ? 'created' : 'updated';
}
