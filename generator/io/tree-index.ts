import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../lib/hash.ts';
import type { CommittedFile, Oid } from '../model/file.ts';
import type { TreeIndex } from '../model/ports.ts';
import type { RepoPath } from '../model/source.ts';
import { stampOf } from './file-stamp.ts';

const FORMAT = 'espalier-tree-1';
/** Neither paths nor what else is written hold it. */
const SEPARATOR = '\0';
const FIELDS = 3;

/** An index in a folder, one file for each root. A disk that fails, or a damaged file, costs time, never a result. */
export function createTreeIndex(dir: string, { now = Date.now }: { readonly now?: () => number } = {}): TreeIndex {
  const remembered = new Map<string, Entries>();
  return {
    open(root) {
      const real = realPath(root);
      const place = join(dir, `tree-${sha256(real).slice(0, 32)}`);
      const known = remembered.get(real) ?? load(place);
      const entries: Entries = new Map();
      let isNew = false;
      return {
        find(path, stamp) {
          const entry = known.get(path);
          if (entry === undefined || entry.stamp !== stampOf(stamp, now())) return undefined;
          entries.set(path, entry);
          return entry.file;
        },
        note(file, stamp) {
          const text = stampOf(stamp, now());
          if (text === undefined) return;
          entries.set(file.path, { file, stamp: text });
          isNew = true;
        },
        close() {
          remembered.set(real, entries);
          if (isNew || entries.size < known.size) save(dir, place, entries);
        },
      };
    },
  };
}

interface Entry {
  readonly file: CommittedFile;
  readonly stamp: string;
}

type Entries = Map<string, Entry>;

function realPath(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    return root;
  }
}

function load(place: string): Entries {
  const entries: Entries = new Map();
  const text = readText(place);
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== `${FORMAT} ${sha256(body)}`) return entries;
  const fields = body.split(SEPARATOR);
  for (let at = 0; at + FIELDS <= fields.length; at += FIELDS) {
    const path = (fields[at] ?? '') as RepoPath;
    const id = fields[at + 1] ?? '';
    const file = { path, oid: id.slice(1) as Oid, isMarked: id.startsWith('+') };
    entries.set(path, { file, stamp: fields[at + 2] ?? '' });
  }
  return entries;
}

function readText(place: string): string {
  try {
    return readFileSync(place, 'utf8');
  } catch {
    return '';
  }
}

function save(dir: string, place: string, entries: Entries): void {
  const fields: string[] = [];
  for (const {
    file: { path, oid, isMarked },
    stamp,
  } of entries.values())
    fields.push(path, `${isMarked ? '+' : '-'}${oid}`, stamp);
  const body = fields.join(SEPARATOR);
  const draft = `${place}.${process.pid}`;
  try {
    mkdirSync(dir, { recursive: true });
    writeFileSync(draft, `${FORMAT} ${sha256(body)}\n${body}`);
    renameSync(draft, place);
  } catch {
    // Read-only or full: the files are read again next time.
    tryToRemove(draft);
  }
}

function tryToRemove(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // It was never there, or the next run of this process id replaces it.
  }
}
