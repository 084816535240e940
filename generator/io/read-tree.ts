import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { compareText } from '../lib/order.ts';
import { repoPath } from '../lib/path.ts';
import { partOf, treeOf } from '../lib/parts.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Committed } from '../model/file.ts';
import type { FolderWatch, OpenIndex, TreeIndex } from '../model/ports.ts';
import type { RepoPath } from '../model/source.ts';
import { explainFailure } from './read-text.ts';
import { type ReadFolder, readTreeFolder, unreadable } from './read-tree-folder.ts';

/** Reads the tree again and again; what did not change is the same object as before. */
export interface TreeReader {
  /**
   * The tree below `clusters/` as it stands in the working tree, sorted by path; none at all is an empty one. Monitors' `status/` folders are left
   * out: they are never ours. What cannot be read is a finding that reaches the whole run, and symbolic links are.
   */
  read(root: string): Promise<Outcome<Committed>>;
}

export interface TreeReaderOptions {
  /** Spares the first reading. */
  readonly index?: TreeIndex | undefined;
  /** Spares looking at folders in which nothing happened. */
  readonly watch?: FolderWatch | undefined;
}

const TREE = repoPath('clusters');
const AT_A_TIME = 64;

/** Reads the tree once. */
export function readTree(root: string, index?: TreeIndex): Promise<Outcome<Committed>> {
  return createTreeReader({ index }).read(root);
}

export function createTreeReader({ index, watch }: TreeReaderOptions = {}): TreeReader {
  const folders = new Map<RepoPath, ReadFolder>();
  /** What could not be read, or may change unseen. */
  const unsure = new Set<RepoPath>();
  const members = new Map<string, Set<RepoPath>>();
  let parts: ReadonlyMap<string, Committed> = new Map();
  let committed = treeOf(parts);
  let known: { readonly root: string; readonly inode: number } | undefined;
  let scanned = 0;

  function forget(folder: RepoPath, touched: Set<string>): void {
    const there = folders.get(folder);
    if (!there) return;
    for (const path of there.folders.keys()) forget(path, touched);
    for (const name of partsIn(folder, there)) touched.add(name);
    folders.delete(folder);
    unsure.delete(folder);
    members.get(partOf(folder))?.delete(folder);
    if (known !== undefined) watch?.drop(join(known.root, folder));
  }

  function keep(folder: RepoPath, now: ReadFolder, touched: Set<string>): void {
    const before = folders.get(folder);
    for (const name of [...(before ? partsIn(folder, before) : []), ...partsIn(folder, now)]) touched.add(name);
    folders.set(folder, now);
    if (now.diagnostics.length > 0 || now.isLinked) unsure.add(folder);
    else unsure.delete(folder);
    const part = members.get(partOf(folder)) ?? new Set();
    members.set(partOf(folder), part.add(folder));
  }

  async function scan(folder: RepoPath, request: Scan): Promise<void> {
    const { root, touched, open, isWhole } = request;
    // Before it is read: what is written later is told. It may also be another folder of the same name by now.
    watch?.add(join(root, folder));
    // Synchronous calls are several times faster than promises here; the pause lets signals and the progress line in.
    if (++scanned % AT_A_TIME === 0) await setImmediate();
    const before = folders.get(folder);
    const now = readTreeFolder(root, folder, { before, open });
    for (const [path, inode] of before?.folders ?? []) if (now.folders.get(path) !== inode) forget(path, touched);
    if (now !== before) keep(folder, now, touched);
    for (const path of now.folders.keys()) if (isWhole || !folders.has(path)) await scan(path, request);
  }

  function filesOf(name: string): Committed {
    const own = folders.get(TREE)?.files.get(`${TREE}/${name}` as RepoPath);
    const inside = name === '' ? [] : [...(members.get(name) ?? [])].flatMap((folder) => [...(folders.get(folder)?.files.values() ?? [])]);
    const files = [...(own ? [own] : []), ...inside].sort((a, b) => compareText(a.path, b.path));
    return new Map(files.map((file) => [file.path, file]));
  }

  function gather(touched: ReadonlySet<string>): void {
    if (touched.size === 0) return;
    const all = new Map(parts);
    for (const name of touched) all.set(name, filesOf(name));
    const sorted = [...all].filter(([, part]) => part.size > 0).sort(([, a], [, b]) => compareText(firstPath(a), firstPath(b)));
    parts = new Map(sorted);
    committed = treeOf(parts);
  }

  return {
    async read(root) {
      const touched = new Set<string>();
      const changed = (await watch?.take()) ?? 'unknown';
      const tree = checkTree(root);
      const isSame = known?.root === root && typeof tree === 'number' && known.inode === tree;
      if (!isSame) forget(TREE, touched);
      known = typeof tree === 'number' ? { root, inode: tree } : undefined;
      if (isSame && changed !== 'unknown') await rescan(changed, { root, touched, open: undefined, isWhole: false });
      else if (known) {
        const open = folders.size === 0 ? index?.open(root) : undefined;
        await scan(TREE, { root, touched, open, isWhole: true });
        open?.close();
      }
      gather(touched);
      const found = [...unsure].sort(compareText).flatMap((folder) => folders.get(folder)?.diagnostics ?? []);
      return { value: committed, diagnostics: typeof tree === 'object' ? [tree] : found };
    },
  };

  async function rescan(changed: ReadonlySet<string>, request: Scan): Promise<void> {
    const told = [...changed].map((path) => path.slice(request.root.length + 1) as RepoPath);
    for (const path of [...new Set([...told, ...unsure])].sort(compareText)) if (folders.has(path)) await scan(path, request);
  }
}

interface Scan {
  readonly root: string;
  readonly touched: Set<string>;
  readonly open: OpenIndex | undefined;
  /** Whether folders that are known are looked into as well. */
  readonly isWhole: boolean;
}

/** Names of the parts that a folder's own files belong to. Files that lie directly in the tree are parts of their own. */
function partsIn(folder: RepoPath, { files }: ReadFolder): readonly string[] {
  return folder === TREE ? [...files.keys()].map(partOf) : [partOf(folder)];
}

function firstPath(part: Committed): string {
  for (const path of part.keys()) return path;
  return '';
}

/** The inode of the tree's folder. */
function checkTree(root: string): number | Diagnostic | undefined {
  try {
    const stats = lstatSync(join(root, TREE));
    if (stats.isDirectory()) return stats.ino;
    if (stats.isSymbolicLink()) return diagnose('symlink', { path: TREE }, { reach: RUN });
    return diagnose('unreadable', { path: TREE, reason: 'it is not a folder' }, { reach: RUN });
  } catch (error) {
    return explainFailure(error).isMissing ? undefined : unreadable(TREE, error);
  }
}
