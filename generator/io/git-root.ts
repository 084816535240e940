import { lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** The Git repository that a folder lies in; `undefined` if it lies in none. */
export async function findGitRoot(folder: string): Promise<string | undefined> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const isRoot = await lstat(join(path, '.git')).then(
      () => true,
      () => false,
    );
    if (isRoot) return path;
    if (path === dirname(path)) return undefined;
  }
}
