import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { obstacleAt } from './folder-reader.ts';
import { readEntries } from './read-archive.ts';
import { explainFailure, readBytes } from './read-text.ts';

export type FileReading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

const LARGEST_ARCHIVE = 20 * 1024 * 1024;
const MOST_FILES = 5000;

/** Where a named file is. Whatever leads out of the folder, with `..`, from the root or through a link, is not found. */
export async function findAttached(folder: string, named: string): Promise<FileReading<string>> {
  const base = resolve(folder);
  const inner = relative(base, resolve(base, named));
  if (named.includes('\0') || inner === '' || inner === '..' || inner.startsWith(`..${sep}`) || isAbsolute(inner))
    return { ok: false, reason: `"${named}" lies outside of the folder: name the folder that holds all files with --folder` };
  const obstacle = await obstacleAt(base, inner.split(sep).join('/'));
  return obstacle === undefined ? { ok: true, value: join(base, inner) } : { ok: false, reason: `"${named}": ${obstacle}` };
}

export async function readAttachedText(folder: string, named: string): Promise<FileReading<string>> {
  const read = await readAttached(folder, named);
  if (!read.ok) return read;
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(read.value) };
  } catch {
    return { ok: false, reason: `"${named}": it is not UTF-8` };
  }
}

export interface UnpackedArchive {
  /** The folder that all files were in; empty if there is no such folder. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
}

/** Reads a `.tgz` into memory. */
export async function readAttachedArchive(folder: string, named: string): Promise<FileReading<UnpackedArchive>> {
  const read = await readAttached(folder, named, LARGEST_ARCHIVE);
  if (!read.ok) return read;
  let count = 0;
  const entries = readEntries(read.value, () => (count += 1) <= MOST_FILES);
  if (count > MOST_FILES) return { ok: false, reason: `"${named}": it holds more than ${MOST_FILES} files` };
  if (!entries) return { ok: false, reason: `"${named}": it is no archive (.tgz), or unpacks to more than 100 MiB` };
  const files = new Map([...entries].map(([path, text]) => [path.replace(/^(?:\.\/)+/, ''), text]));
  const tops = new Set([...files.keys()].map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')));
  const [top = ''] = tops;
  if (tops.size !== 1 || top === '') return { ok: true, value: { folder: '', files } };
  return { ok: true, value: { folder: top, files: new Map([...files].map(([path, text]) => [path.slice(top.length + 1), text])) } };
}

async function readAttached(folder: string, named: string, limit = 1024 * 1024): Promise<FileReading<Uint8Array>> {
  const found = await findAttached(folder, named);
  if (!found.ok) return found;
  try {
    const bytes = await readBytes(found.value, limit);
    if (typeof bytes !== 'string') return { ok: true, value: bytes };
    const reasons = {
      odd: 'it is not an ordinary file',
      large: `it is larger than ${limit / 1024 / 1024} MiB`,
      changed: 'it changed while it was read',
    };
    return { ok: false, reason: `"${named}": ${reasons[bytes]}` };
  } catch (error) {
    return { ok: false, reason: `"${named}": ${explainFailure(error).reason}` };
  }
}
