import { execa } from 'execa';
import { parseRepoPath } from '../lib/path.ts';
import type { Oid } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';

/** What Git has at HEAD below some folders. */
export interface CommitTree {
  readonly commit: string;
  /** Ordinary files; paths are relative to the root. */
  readonly files: ReadonlyMap<RepoPath, Oid>;
}

/** The files of HEAD below `folders` of `root`; `undefined`: there is no Git, no repository or no commit. */
export async function readCommit(root: string, folders: readonly string[]): Promise<CommitTree | undefined> {
  const git = execa({
    cwd: root,
    env: { GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    reject: false,
    stripFinalNewline: false,
    maxBuffer: 1024 * 1024 * 256,
  });
  const head = await git('git', ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.exitCode !== 0) return undefined;
  const commit = head.stdout.trim();
  const listed = await git('git', ['ls-tree', '-r', '-z', commit, '--', ...folders.map((folder) => `${folder}/`)]);
  if (listed.exitCode !== 0) return undefined;
  const files = listed.stdout.split('\0').flatMap((line): readonly (readonly [RepoPath, Oid])[] => {
    const [, mode, oid, path] = /^([0-9]{6}) blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    const parsed = path === undefined ? undefined : parseRepoPath(path);
    const isFile = mode?.startsWith('100') === true;
    return parsed !== undefined && oid !== undefined && isFile ? [[parsed, oid as Oid]] : [];
  });
  return { commit, files: new Map(files) };
}
