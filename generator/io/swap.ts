import { copyFileSync, linkSync, lstatSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import type { FileChange } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { readBlob } from './read-blob.ts';
import { explainFailure } from './read-text.ts';
import type { Stage } from './stage.ts';

type Undo = () => void;

/** Staged changes of one tree. */
export interface SwapTree {
  readonly root: string;
  readonly changes: readonly FileChange[];
  readonly stage: Stage;
}

/**
 * Checks every precondition of all trees, then renames staged files into place and deletes what goes. Synchronous from end to end. Returns the
 * finding that made it refuse, and the tree that it is about; then all trees are as they were.
 */
export function swapAll<T extends SwapTree>(trees: readonly T[]): { readonly finding: Diagnostic; readonly tree: T } | undefined {
  const undo: Undo[] = [];
  const folders = new Map<T, Set<string>>();
  for (const tree of trees) {
    const seen = new Set<string>();
    folders.set(tree, seen);
    for (const change of tree.changes) {
      const finding = attempt(change, () => check(tree.root, change, seen));
      if (finding) return { finding, tree };
    }
  }
  for (const tree of trees) {
    const finding = swap(tree, { folders: folders.get(tree) ?? new Set(), undo });
    if (!finding) continue;
    undo.reverse().forEach(tryTo);
    return { finding, tree };
  }
  for (const { root, changes } of trees) removeEmptied(root, changes);
  return undefined;
}

function swap(
  { root, changes, stage }: SwapTree,
  { folders, undo }: { readonly folders: Set<string>; readonly undo: Undo[] },
): Diagnostic | undefined {
  for (const [index, change] of inSafeOrder(changes)) {
    const finding = attempt(change, () => apply({ root, change, index, stage }, { folders, undo }));
    if (finding) return finding;
  }
  return undefined;
}

/**
 * In the order of paths, but a list of Flux's own files comes before what it lists: a run that is killed in between would leave those without it,
 * which looks as if the list had been lost.
 */
function inSafeOrder(changes: readonly FileChange[]): readonly (readonly [number, FileChange])[] {
  const isRecord = ([, { path, after }]: readonly [number, FileChange]): boolean =>
    after !== undefined && path.endsWith('/flux-system/kustomization.yaml');
  const entries = [...changes.entries()];
  return [...entries.filter(isRecord), ...entries.filter((entry) => !isRecord(entry))];
}

function attempt(change: FileChange, act: () => Diagnostic | undefined): Diagnostic | undefined {
  try {
    return act();
  } catch (error) {
    return cannot(change, explainFailure(error).reason);
  }
}

/** One step that cannot be undone does not keep the others from being undone. */
function tryTo(step: Undo): void {
  try {
    step();
  } catch {
    // The finding that started this is what gets told.
  }
}

function cannot({ path }: FileChange, reason: string): Diagnostic {
  return diagnose('cannot-write', { path, reason }, { reach: RUN });
}

function check(root: string, change: FileChange, folders: Set<string>): Diagnostic | undefined {
  const { path, before } = change;
  const obstacle = checkFolders(root, path, folders);
  if (obstacle === 'missing') return before === undefined ? undefined : changed(change);
  if (obstacle !== undefined) return cannot(change, obstacle);
  const there = readOid(join(root, path));
  if (there === 'odd') return cannot(change, 'what stands there is not an ordinary file');
  return there === before ? undefined : changed(change);
}

function changed({ path }: FileChange): Diagnostic {
  return diagnose('tree-changed', { path }, { reach: RUN });
}

/** The id of what stands at a path: none if nothing does. */
function readOid(path: string): string | undefined {
  try {
    const blob = readBlob(path);
    return typeof blob === 'object' ? blob.oid : blob;
  } catch (error) {
    const { isMissing, isLink } = explainFailure(error);
    if (isMissing) return undefined;
    if (isLink) return 'link';
    throw error;
  }
}

/** Walks from the root to the file's folder; each step must be a folder in its own right. `folders` remembers those that were seen. */
function checkFolders(root: string, path: string, folders: Set<string>): string | undefined {
  if (folders.has(dirname(path))) return undefined;
  for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
    const folder = path.slice(0, cut);
    if (folders.has(folder)) continue;
    const stats = lstatSync(join(root, folder), { throwIfNoEntry: false });
    if (!stats) return 'missing';
    if (stats.isSymbolicLink()) return `"${folder}" is a symbolic link`;
    if (!stats.isDirectory()) return `"${folder}" is not a folder`;
    folders.add(folder);
  }
  return undefined;
}

interface Step {
  readonly root: string;
  readonly change: FileChange;
  readonly index: number;
  readonly stage: Stage;
}

function apply(
  { root, change, index, stage }: Step,
  { folders, undo }: { readonly folders: Set<string>; readonly undo: Undo[] },
): undefined {
  const { path, before, after } = change;
  const place = join(root, path);
  const old = stage.file(`old-${index}`);
  if (after === undefined) {
    renameSync(place, old);
    undo.push(() => renameSync(old, place));
    return;
  }
  makeFolders(root, path, { folders, undo });
  if (before === undefined) undo.push(() => rmSync(place, { force: true }));
  else {
    copy(place, old);
    undo.push(() => renameSync(old, place));
  }
  renameSync(stage.file(`new-${index}`), place);
}

/** A second name for the file, so that at no moment nothing stands at its place; a copy where the disk has no such links. */
function copy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function makeFolders(root: string, path: string, { folders, undo }: { readonly folders: Set<string>; readonly undo: Undo[] }): void {
  if (folders.has(dirname(path))) return;
  for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
    const folder = path.slice(0, cut);
    if (folders.has(folder)) continue;
    mkdirSync(join(root, folder));
    undo.push(() => rmdirSync(join(root, folder)));
    folders.add(folder);
  }
}

/** Git keeps no empty folders, and agents should not see any. `clusters` itself stays. */
function removeEmptied(root: string, changes: readonly FileChange[]): void {
  const folders = new Set<string>();
  for (const { path, after } of changes) {
    if (after !== undefined) continue;
    for (let folder = dirname(path); folder.includes('/'); folder = dirname(folder)) folders.add(folder);
  }
  // The deepest first: a folder is seen again once the last one in it is gone.
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // Something is in it still.
    }
  }
}
