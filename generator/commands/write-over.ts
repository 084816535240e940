import { join } from 'node:path';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { readBlob } from '../io/read-blob.ts';
import { explainFailure } from '../io/read-text.ts';
import { writeTree } from '../io/write-tree.ts';
import { blobOid } from '../lib/hash.ts';
import type { FileChange } from '../model/change.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Oid } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';

/** Writes texts over what is there, all or none; gives what that changed. `undefined`: nothing was written. */
export async function writeOver(root: string, files: ReadonlyMap<RepoPath, string>): Promise<Outcome<readonly FileChange[] | undefined>> {
  const changes: FileChange[] = [];
  for (const [path, text] of files) {
    const before = readOid(root, path);
    if (typeof before === 'object') return { value: undefined, diagnostics: [before] };
    const after = new TextEncoder().encode(text);
    if (before !== blobOid(after)) changes.push({ path, after, ...(before !== undefined && { before }) });
  }
  const { value, diagnostics } = await writeTree(root, changes);
  return { value: value === 'written' ? changes : undefined, diagnostics };
}

function readOid(root: string, path: RepoPath): Oid | undefined | Diagnostic {
  try {
    const blob = readBlob(join(root, path));
    return typeof blob === 'object' ? blob.oid : refusal(path, 'it is not an ordinary file');
  } catch (error) {
    const { isMissing, reason } = explainFailure(error);
    return isMissing ? undefined : refusal(path, reason);
  }
}

function refusal(path: RepoPath, reason: string): Diagnostic {
  return diagnose('cannot-write', { path, reason }, { reach: RUN });
}
