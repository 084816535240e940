import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { readText } from '../../io/read-text.ts';
import { blobOid, sha256 } from '../../lib/hash.ts';
import { sortBy } from '../../lib/order.ts';
import type { FileChange } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RepoPath, SourceFile } from '../../model/source.ts';
import { type ChartOrigin, LOCK, lockedFiles, lockFile } from '../../scaffold/chart/lock.ts';
import { repoPath } from '../../lib/path.ts';

/** Files that are vendored together, with one lock among them. */
export interface VendoredSet {
  /** Where the lock stands. */
  readonly folder: string;
  /** Every folder that the set writes to. */
  readonly folders: readonly string[];
  readonly origin: ChartOrigin;
  readonly files: readonly SourceFile[];
}

/** A change with both of its texts; no text stands for no file. */
export interface TextChange extends FileChange {
  readonly texts: { readonly before: string | undefined; readonly after: string | undefined };
}

export interface Compared {
  readonly changes: readonly TextChange[];
  readonly unchanged: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What vendoring changes on disk. What people edited since, or put there themselves, is a finding, unless `force` says that it may go. */
export async function compare(root: string, set: VendoredSet, { force }: { readonly force: boolean }): Promise<Compared> {
  const lock = lockFile(set.folder, set.origin, set.files);
  const wanted = new Map([...set.files, lock].map(({ path, text }) => [path, text]));
  const there = async (path: RepoPath): Promise<string | undefined> => {
    const read = await readText({ root, path, reach: RUN });
    return 'text' in read ? read.text : undefined;
  };
  const locked = lockedFiles((await there(repoPath(`${set.folder}/${LOCK}`))) ?? '', set.folders);
  const changes: TextChange[] = [];
  const edited: string[] = [];
  const foreign: string[] = [];
  for (const path of new Set([...wanted.keys(), ...locked.keys()])) {
    const [before, after] = [await there(path), wanted.get(path)];
    const digest = locked.get(path);
    const isAsWritten = before === undefined ? digest === undefined : digest === `sha256:${sha256(before)}`;
    if (before === after) continue;
    if (path !== lock.path && digest === undefined && before !== undefined) foreign.push(path);
    else if (path !== lock.path && !isAsWritten) edited.push(path);
    changes.push(toChange(path, { before, after }));
  }
  return {
    changes: sortBy(changes, ({ path }) => path),
    unchanged: wanted.size - changes.filter(({ after }) => after !== undefined).length,
    diagnostics: force ? [] : findings(edited, foreign),
  };
}

function findings(edited: readonly string[], foreign: readonly string[]): readonly Diagnostic[] {
  return [
    ...(edited.length > 0 ? [diagnose('edited-by-hand', { paths: edited }, { reach: RUN })] : []),
    ...foreign.map((path) => diagnose('file-in-the-way', { path }, { reach: RUN })),
  ];
}

function toChange(path: RepoPath, texts: TextChange['texts']): TextChange {
  const { before, after } = texts;
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return {
    path,
    texts,
    ...(before !== undefined && { before: blobOid(encode(before)) }),
    ...(after !== undefined && { after: encode(after) }),
  };
}
