import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { compareText } from '../lib/order.ts';
import { parseRepoPath, repoPath } from '../lib/path.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Committed, CommittedFile } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { readBlob } from './read-blob.ts';
import { explainFailure } from './read-text.ts';

const TREE = repoPath('clusters');
const DECISIONS = `${TREE}/decisions/`;
const AT_A_TIME = 256;
/** Enough for a decision's names, which stand before its long lists. */
const HEAD = 1024;

/**
 * The tree below `clusters/` as it stands in the working tree, sorted by path; none at all is an empty one. Monitors' `status/` folders are
 * left out: they are never ours. What cannot be read is a finding that reaches the whole run, and symbolic links are.
 */
export async function readTree(root: string): Promise<Outcome<Committed>> {
  const diagnostics: Diagnostic[] = [];
  const files: CommittedFile[] = [];
  let count = 0;
  for (const path of await listFiles(root, diagnostics)) {
    // Synchronous calls are several times faster than promises here; the pause lets signals and the progress line in.
    if (++count % AT_A_TIME === 0) await setImmediate();
    const file = readFile(root, path);
    if ('code' in file) diagnostics.push(file);
    else files.push(file);
  }
  return { value: new Map(files.map((file) => [file.path, file])), diagnostics };
}

function readFile(root: string, path: RepoPath): CommittedFile | Diagnostic {
  try {
    const blob = readBlob(join(root, path), { head: path.startsWith(DECISIONS) ? HEAD : 0 });
    if (typeof blob === 'object') return { path, ...blob };
    return diagnose(
      'unreadable',
      { path, reason: blob === 'odd' ? 'it is not an ordinary file' : 'it changed while it was read' },
      { reach: RUN },
    );
  } catch (error) {
    return unreadable(path, error);
  }
}

function unreadable(path: RepoPath, error: unknown): Diagnostic {
  const { reason, isLink } = explainFailure(error);
  return isLink ? diagnose('symlink', { path }, { reach: RUN }) : diagnose('unreadable', { path, reason }, { reach: RUN });
}

async function listFiles(root: string, diagnostics: Diagnostic[]): Promise<readonly RepoPath[]> {
  if (!(await isFolder(root, diagnostics))) return [];
  const files: RepoPath[] = [];
  const folders: RepoPath[] = [TREE];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await listFolder(root, folder, diagnostics)) {
      const path = parseRepoPath(`${folder}/${entry.name}`);
      // A name that no path of ours can have is none of our business.
      if (path === undefined || isStatus(path)) continue;
      if (entry.isSymbolicLink()) diagnostics.push(diagnose('symlink', { path }, { reach: RUN }));
      else if (entry.isDirectory()) folders.push(path);
      else files.push(path);
    }
  }
  return files.sort(compareText);
}

async function listFolder(root: string, folder: RepoPath, diagnostics: Diagnostic[]): Promise<readonly Dirent[]> {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    diagnostics.push(unreadable(folder, error));
    return [];
  }
}

async function isFolder(root: string, diagnostics: Diagnostic[]): Promise<boolean> {
  try {
    const stats = await lstat(join(root, TREE));
    if (stats.isDirectory()) return true;
    if (stats.isSymbolicLink()) diagnostics.push(diagnose('symlink', { path: TREE }, { reach: RUN }));
    else diagnostics.push(diagnose('unreadable', { path: TREE, reason: 'it is not a folder' }, { reach: RUN }));
  } catch (error) {
    if (!explainFailure(error).isMissing) diagnostics.push(unreadable(TREE, error));
  }
  return false;
}

function isStatus(path: RepoPath): boolean {
  return /^clusters\/[^/]+\+[^/]+\/status(\/|$)/.test(path);
}
