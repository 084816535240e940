import { parseRepoPath, repoPath } from '../../lib/path.ts';
import type { KustomizeFiles } from '../../model/ports.ts';

/** Checks what every engine is given: files inside the tree, none of them also a folder, and a root inside it. Throws, because we made the paths. */
export function checkTree(files: KustomizeFiles, root: string): void {
  if (root !== '.') repoPath(root);
  for (const path of files.keys()) {
    repoPath(path);
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (files.has(path.slice(0, end))) throw new Error(`Both a file and a folder: ${JSON.stringify(path.slice(0, end))}`);
    }
  }
}

/** Where a reference in a file of `folder` points, relative to the top of the tree; `undefined` when that is outside. */
export function resolveInTree(folder: string, reference: string): string | undefined {
  if (reference.startsWith('/')) return undefined;
  const kept: string[] = [];
  for (const segment of `${folder}/${reference}`.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.pop() === undefined) return undefined;
  }
  const path = kept.join('/');
  return path === '' ? '.' : parseRepoPath(path);
}

/** Kustomize's text without the folder that the tree was put into, which means nothing to a user. */
export function withoutTop(message: string, top: string): string {
  return message.replaceAll(`${top}/`, '').replaceAll(top, '.');
}
