import type { RepoPath } from '../model/source.ts';

/** Checks that a path is relative, uses `/`, and never steps out or through `.git`; `undefined` if not. */
export function parseRepoPath(path: string): RepoPath | undefined {
  if (path === '' || path.startsWith('/') || /[\\\0]/.test(path) || /^[A-Za-z]:/.test(path)) return undefined;
  const isBad = (segment: string): boolean => segment === '' || segment === '.' || segment === '..' || segment.toLowerCase() === '.git';
  return path.split('/').some(isBad) ? undefined : (path as RepoPath);
}

/** The same for paths that we made ourselves: a bad one is our bug. */
export function repoPath(path: string): RepoPath {
  const parsed = parseRepoPath(path);
  if (parsed === undefined) throw new Error(`Not a path inside the repository: ${JSON.stringify(path)}`);
  return parsed;
}

/** A file in a folder of ours. Its name is one segment: a bad one is our bug. */
export function filePath(folder: RepoPath, name: string): RepoPath {
  if (name.includes('/') || parseRepoPath(name) === undefined) throw new Error(`Not a file's name: ${JSON.stringify(name)}`);
  return `${folder}/${name}` as RepoPath;
}
