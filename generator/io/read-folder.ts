import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnose } from '../diagnostics/diagnose.ts';
import { compareText } from '../lib/order.ts';
import { parseRepoPath } from '../lib/path.ts';
import { printable } from '../lib/printable.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { RepoPath } from '../model/source.ts';
import { mapLimited } from './map-limited.ts';
import { explainFailure, startOf } from './read-text.ts';

export interface FolderRequest {
  readonly root: string;
  /** Relative to the root. */
  readonly folder: RepoPath;
  readonly reachOf: (path: string) => Reach;
}

export interface Found {
  /** Ordinary files, sorted. */
  readonly files: readonly RepoPath[];
  /** Folders, sorted, without the one that was asked for. */
  readonly folders: readonly RepoPath[];
  readonly diagnostics: readonly Diagnostic[];
  /** False if the folder itself is missing or could not be read. */
  readonly isThere: boolean;
}

const AT_ONCE = 32;

/** Everything below a folder. Symbolic links are not followed: each is a finding. */
export async function readFolder(request: FolderRequest): Promise<Found> {
  const diagnostics: Diagnostic[] = [];
  const files: RepoPath[] = [];
  const folders: RepoPath[] = [];
  const isThere = await checkFolder(request, diagnostics);
  for (let level: RepoPath[] = isThere ? [request.folder] : []; level.length > 0;) {
    const listed = await mapLimited(level, AT_ONCE, async (folder) => listFolder(folder, request));
    level = [];
    for (const found of listed) {
      diagnostics.push(...found.diagnostics);
      files.push(...found.files);
      level.push(...found.folders);
    }
    folders.push(...level);
  }
  return { files: files.sort(compareText), folders: folders.sort(compareText), diagnostics, isThere };
}

async function checkFolder({ root, folder, reachOf }: FolderRequest, diagnostics: Diagnostic[]): Promise<boolean> {
  const reach = reachOf(folder);
  try {
    const stats = await lstat(join(root, folder));
    if (stats.isDirectory()) return true;
    if (stats.isSymbolicLink()) diagnostics.push(diagnose('symlink', { path: folder }, { source: startOf(folder), reach }));
    else diagnostics.push(diagnose('unreadable', { path: folder, reason: 'it is not a folder' }, { source: startOf(folder), reach }));
  } catch (error) {
    const failure = explainFailure(error);
    if (failure.isMissing) diagnostics.push(diagnose('missing-folder', { path: folder }, { reach }));
    else diagnostics.push(diagnose('unreadable', { path: folder, reason: failure.reason }, { reach }));
  }
  return false;
}

type Listed = Omit<Found, 'isThere'>;

async function listFolder(folder: RepoPath, { root, reachOf }: FolderRequest): Promise<Listed> {
  const files: RepoPath[] = [];
  const folders: RepoPath[] = [];
  const diagnostics: Diagnostic[] = [];
  let entries: Dirent[];
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    const { reason } = explainFailure(error);
    return { files, folders, diagnostics: [diagnose('unreadable', { path: folder, reason }, { reach: reachOf(folder) })] };
  }
  for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
    const text = `${folder}/${entry.name}`;
    const path = parseRepoPath(text);
    const reach = reachOf(text);
    if (path === undefined || printable(text) !== text) {
      const reason = path === undefined ? 'it is no plain path inside the repository' : 'it holds invisible or unreadable characters';
      diagnostics.push(diagnose('odd-path', { path: printable(text), reason }, { reach }));
    } else if (entry.isSymbolicLink()) diagnostics.push(diagnose('symlink', { path }, { source: startOf(path), reach }));
    else if (entry.isDirectory()) folders.push(path);
    else files.push(path);
  }
  return { files, folders, diagnostics };
}
