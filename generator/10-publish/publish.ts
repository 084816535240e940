import { parseRepoPath } from '../lib/path.ts';
import type { Change, ChangeSet } from '../model/change.ts';
import type { Outcome } from '../model/diagnostic.ts';

/** Writes changes to a tree: all of them, or none and a finding. */
export type TreeWriter = (changes: readonly Change[]) => Promise<Outcome<WriteResult>>;

/** `interrupted`: a signal came before anything was changed. */
export type WriteResult = 'written' | 'refused' | 'interrupted';

/** The one file of ours beside the tree. */
const SOPS = '.sops.yaml';

/** Brings a plan into the tree. Nothing to change makes no request to write. Throws, because it is our bug, on a path outside of the tree. */
export async function publish({ changes }: ChangeSet, write: TreeWriter): Promise<Outcome<WriteResult>> {
  if (changes.length === 0) return { value: 'written', diagnostics: [] };
  const seen = new Set<string>();
  for (const { path, before, after } of changes) {
    if (parseRepoPath(path) === undefined || !(path.startsWith('clusters/') || path === SOPS))
      throw new Error(`A change outside of the tree: ${JSON.stringify(path)}`);
    if (before === undefined && after === undefined) throw new Error(`A change of nothing: ${path}`);
    if (seen.has(path)) throw new Error(`Two changes of one path: ${path}`);
    seen.add(path);
  }
  return write(changes);
}
