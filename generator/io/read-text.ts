import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { RepoPath, Source, SourceFile } from '../model/source.ts';

const LIMIT = 1024 * 1024;
const ORDINARY = { bytes: LIMIT, text: '1 MiB' } as const;

// Neither a link that took the file's place nor a pipe without a writer may lead elsewhere or block.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export interface TextRequest {
  readonly root: string;
  readonly path: RepoPath;
  readonly reach: Reach;
  /** Default: 1 MiB. */
  readonly limit?: { readonly bytes: number; readonly text: string };
  /** How findings call it, if not by its path. */
  readonly shown?: RepoPath;
}

/** A file's text, without its byte order mark; or the finding that says why there is none. */
export async function readText({
  root,
  path: place,
  reach,
  limit = ORDINARY,
  shown: path = place,
}: TextRequest): Promise<SourceFile | Diagnostic> {
  const where = { source: startOf(path), reach };
  try {
    const bytes = await readBytes(join(root, place), limit.bytes);
    if (bytes === 'odd') return diagnose('unreadable', { path, reason: 'it is not an ordinary file' }, where);
    if (bytes === 'changed') return diagnose('unreadable', { path, reason: 'it changed while it was read' }, where);
    if (bytes === 'large') return diagnose('file-too-large', { path, limit: limit.text }, where);
    if (bytes.includes(0)) return diagnose('binary-file', { path }, where);
    const text = decode(bytes);
    return text === undefined ? diagnose('not-utf8', { path }, where) : { path, text };
  } catch (error) {
    const { reason, isLink } = explainFailure(error);
    return isLink ? diagnose('symlink', { path }, where) : diagnose('unreadable', { path, reason }, where);
  }
}

/** An ordinary file's bytes, up to a limit. */
export async function readBytes(path: string, limit = LIMIT): Promise<Uint8Array | 'odd' | 'large' | 'changed'> {
  const file = await open(path, FLAGS);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) return 'odd';
    if (stats.size > limit) return 'large';
    // One byte more than its size shows whether it grew meanwhile.
    const buffer = new Uint8Array(stats.size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.byteLength; length += read) {
      ({ bytesRead: read } = await file.read(buffer, length, buffer.byteLength - length));
    }
    return length > stats.size ? 'changed' : buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The beginning of a file: where findings about the whole file stand. */
export function startOf(path: RepoPath): Source {
  return { file: path, line: 1, column: 1, length: 1 };
}

/** What the operating system's complaint means, without absolute paths. */
export function explainFailure(error: unknown): { readonly reason: string; readonly isMissing: boolean; readonly isLink: boolean } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  // An unknown error has no code: that is our own bug.
  if (code === undefined) throw error;
  return { reason: REASONS.get(code) ?? `the system says ${code}`, isMissing: code === 'ENOENT', isLink: code === 'ELOOP' };
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['ENAMETOOLONG', 'its path is too long'],
  ['EMFILE', 'too many files are open'],
  ['EIO', 'the disk failed'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EEXIST', 'something else stands there'],
  ['EISDIR', 'it is a folder'],
  ['ENXIO', 'it is not an ordinary file'],
]);
