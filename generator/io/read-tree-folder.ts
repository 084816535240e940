import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { compareText } from '../lib/order.ts';
import { parseRepoPath, repoPath } from '../lib/path.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { CommittedFile } from '../model/file.ts';
import type { OpenIndex } from '../model/ports.ts';
import type { RepoPath } from '../model/source.ts';
import { stampOf } from './file-stamp.ts';
import { readBlob } from './read-blob.ts';
import { explainFailure } from './read-text.ts';

/** One folder of the tree as it was read. */
export interface ReadFolder {
  readonly files: ReadonlyMap<RepoPath, CommittedFile>;
  /** Folders in it, with their inodes. */
  readonly folders: ReadonlyMap<RepoPath, number>;
  readonly diagnostics: readonly Diagnostic[];
  /** What the disk said of the files. One that was written too shortly before it was read is missing, and is read again next time. */
  readonly stamps: ReadonlyMap<RepoPath, string>;
  /** Whether a file has other names too: what is written by those shows in its stamp, and to nobody who watches the folder. */
  readonly isLinked: boolean;
}

const DECISIONS = `${repoPath('clusters')}/decisions/`;
/** Enough for what a decision, or a file of Flux's, says of itself before its long lists. */
const HEAD = 2048;

interface Before {
  readonly before: ReadFolder | undefined;
  readonly open: OpenIndex | undefined;
}

/** Reads a folder, and of its files those that may have changed. The same object as before where everything is as it was. */
export function readTreeFolder(root: string, folder: RepoPath, { before, open }: Before): ReadFolder {
  const files = new Map<RepoPath, CommittedFile>();
  const folders = new Map<RepoPath, number>();
  const stamps = new Map<RepoPath, string>();
  const diagnostics: Diagnostic[] = [];
  let isLinked = false;
  for (const entry of list(root, folder, diagnostics)) {
    const path = pathIn(folder, entry.name);
    // A name that no path of ours can have is none of our business.
    if (path === undefined || isStatus(path)) continue;
    try {
      if (entry.isSymbolicLink()) diagnostics.push(diagnose('symlink', { path }, { reach: RUN }));
      else if (entry.isDirectory()) folders.set(path, lstatSync(join(root, path)).ino);
      else {
        const { file, stamp, links } = readFile(root, path, { before, open });
        // The file's own path: of several hundred thousand, each is kept once.
        if ('code' in file) diagnostics.push(file);
        else files.set(file.path, file);
        if (stamp !== undefined) stamps.set('code' in file ? path : file.path, stamp);
        isLinked ||= links > 1;
      }
    } catch (error) {
      diagnostics.push(unreadable(path, error));
    }
  }
  const now = { files: orNone(files), folders: orNone(folders), diagnostics, stamps: orNone(stamps), isLinked };
  if (!before || !isSame(before, now)) return now;
  // The same files, but some of them may be settled by now.
  return Object.assign(before, { stamps: now.stamps });
}

const NONE: ReadonlyMap<never, never> = new Map<never, never>();

/** Most folders hold either files or folders: of what they lack there is one for all. */
function orNone<K, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  return map.size > 0 ? map : NONE;
}

/** What nearly all names are: nothing in them could lead elsewhere. */
const PLAIN_NAME = /^[A-Za-z0-9_][\w.+-]*$/;

function pathIn(folder: RepoPath, name: string): RepoPath | undefined {
  return PLAIN_NAME.test(name) ? (`${folder}/${name}` as RepoPath) : parseRepoPath(`${folder}/${name}`);
}

interface Read {
  readonly file: CommittedFile | Diagnostic;
  readonly stamp: string | undefined;
  readonly links: number;
}

function readFile(root: string, path: RepoPath, { before, open }: Before): Read {
  const stats = lstatSync(join(root, path));
  const stamp = stampOf(stats, Date.now());
  const known = before?.files.get(path);
  const links = stats.nlink;
  if (known && stamp !== undefined && before?.stamps.get(path) === stamp) return { file: known, stamp, links };
  const file = isHeaded(path) ? toFile(path, readBlob(join(root, path), { head: HEAD })) : readIndexed(root, path, { stats, open });
  return { file: isEqual(known, file) ? known : file, stamp, links };
}

/** Which namespace a tenant's own references are in. */
const TENANT_SOURCE = /^clusters\/[^/]+\/references\/[0-9]+-source\.yaml$/;

/** The index keeps ids only: what else is wanted of a file must be read. */
function isHeaded(path: RepoPath): boolean {
  return path.startsWith(DECISIONS) || isFluxSystem(path) || TENANT_SOURCE.test(path);
}

interface Indexed {
  readonly stats: Stats;
  readonly open: OpenIndex | undefined;
}

function readIndexed(root: string, path: RepoPath, { stats, open }: Indexed): CommittedFile | Diagnostic {
  const known = stats.isFile() ? open?.find(path, stats) : undefined;
  if (known) return known;
  const file = toFile(path, readBlob(join(root, path)));
  if (!('code' in file)) open?.note(file, stats);
  return file;
}

function isEqual(known: CommittedFile | undefined, file: CommittedFile | Diagnostic): known is CommittedFile {
  return known !== undefined && !('code' in file) && known.oid === file.oid && known.head === file.head;
}

function isSame(one: ReadFolder, other: ReadFolder): boolean {
  return (
    one.isLinked === other.isLinked &&
    one.diagnostics.length === 0 &&
    other.diagnostics.length === 0 &&
    one.files.size === other.files.size &&
    one.folders.size === other.folders.size &&
    [...other.files].every(([path, file]) => one.files.get(path) === file) &&
    [...other.folders].every(([path, inode]) => one.folders.get(path) === inode)
  );
}

function toFile(path: RepoPath, blob: ReturnType<typeof readBlob>): CommittedFile | Diagnostic {
  if (typeof blob === 'object') return { path, ...blob };
  const reason = blob === 'odd' ? 'it is not an ordinary file' : 'it changed while it was read';
  return diagnose('unreadable', { path, reason }, { reach: RUN });
}

/** What the system says about something that could not be read. */
export function unreadable(path: RepoPath, error: unknown): Diagnostic {
  const { reason, isLink } = explainFailure(error);
  return isLink ? diagnose('symlink', { path }, { reach: RUN }) : diagnose('unreadable', { path, reason }, { reach: RUN });
}

function list(root: string, folder: RepoPath, diagnostics: Diagnostic[]): readonly Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
  } catch (error) {
    // One that went in the meantime is no part of the tree.
    if (!explainFailure(error).isMissing) diagnostics.push(unreadable(folder, error));
    return [];
  }
}

function isStatus(path: RepoPath): boolean {
  return /^clusters\/[^/]+\+[^/]+\/status(\/|$)/.test(path);
}

function isFluxSystem(path: RepoPath): boolean {
  return /^clusters\/[^/]+\+[^/]+\/flux-system\/[^/]+\.yaml$/.test(path);
}
