import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { compareText } from '../lib/order.ts';
import { parseRepoPath, repoPath } from '../lib/path.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Committed, CommittedFile } from '../model/file.ts';
import type { OpenIndex, TreeIndex } from '../model/ports.ts';
import type { RepoPath } from '../model/source.ts';
import { readBlob } from './read-blob.ts';
import { explainFailure } from './read-text.ts';

const TREE = repoPath('clusters');
const DECISIONS = `${TREE}/decisions/`;
const AT_A_TIME = 256;
/** Enough for what a decision, or a file of Flux's, says of itself before its long lists. */
const HEAD = 2048;

/**
 * The tree below `clusters/` as it stands in the working tree, sorted by path; none at all is an empty one. Monitors' `status/` folders are
 * left out: they are never ours. What cannot be read is a finding that reaches the whole run, and symbolic links are.
 */
export async function readTree(root: string, index?: TreeIndex): Promise<Outcome<Committed>> {
  const open = index?.open(root);
  const diagnostics: Diagnostic[] = [];
  const files: CommittedFile[] = [];
  let count = 0;
  for (const path of await listFiles(root, diagnostics)) {
    // Synchronous calls are several times faster than promises here; the pause lets signals and the progress line in.
    if (++count % AT_A_TIME === 0) await setImmediate();
    const file = readFile(root, path, open);
    if ('code' in file) diagnostics.push(file);
    else files.push(file);
  }
  open?.close();
  return { value: new Map(files.map((file) => [file.path, file])), diagnostics };
}

function readFile(root: string, path: RepoPath, index: OpenIndex | undefined): CommittedFile | Diagnostic {
  try {
    const place = join(root, path);
    // The index keeps ids only: what else is wanted of a file must be read.
    if (path.startsWith(DECISIONS) || isFluxSystem(path)) return toFile(path, readBlob(place, { head: HEAD }));
    if (!index) return toFile(path, readBlob(place));
    const stats = lstatSync(place);
    const known = stats.isFile() ? index.find(path, stats) : undefined;
    if (known) return known;
    const file = toFile(path, readBlob(place));
    if (!('code' in file)) index.note(file, stats);
    return file;
  } catch (error) {
    return unreadable(path, error);
  }
}

function toFile(path: RepoPath, blob: ReturnType<typeof readBlob>): CommittedFile | Diagnostic {
  if (typeof blob === 'object') return { path, ...blob };
  const reason = blob === 'odd' ? 'it is not an ordinary file' : 'it changed while it was read';
  return diagnose('unreadable', { path, reason }, { reach: RUN });
}

function unreadable(path: RepoPath, error: unknown): Diagnostic {
  const { reason, isLink } = explainFailure(error);
  return isLink ? diagnose('symlink', { path }, { reach: RUN }) : diagnose('unreadable', { path, reason }, { reach: RUN });
}

async function listFiles(root: string, diagnostics: Diagnostic[]): Promise<readonly RepoPath[]> {
  if (!(await isFolder(root, diagnostics))) return [];
  const files: RepoPath[] = [];
  const folders: RepoPath[] = [TREE];
  let count = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (++count % AT_A_TIME === 0) await setImmediate();
    for (const entry of listFolder(root, folder, diagnostics)) {
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

function listFolder(root: string, folder: RepoPath, diagnostics: Diagnostic[]): readonly Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
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

/** Flux writes there too, and what it wrote must be told apart. */
function isFluxSystem(path: RepoPath): boolean {
  return /^clusters\/[^/]+\+[^/]+\/flux-system\/[^/]+\.yaml$/.test(path);
}

function isStatus(path: RepoPath): boolean {
  return /^clusters\/[^/]+\+[^/]+\/status(\/|$)/.test(path);
}
