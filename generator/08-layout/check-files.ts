import type { ClusterId } from '../model/context.ts';
import type { GeneratedFile } from '../model/file.ts';
import type { Provider } from '../model/provider.ts';
import { instanceFolder } from './instance-files.ts';
import { isInsideRoots } from './owner-of.ts';

/** Throws, because it is our bug, when a file lies outside what its owner may write or when two files share a path (on any file system). */
export function checkFiles(files: readonly GeneratedFile[], providerOf: (cluster: ClusterId) => Provider): void {
  const seen = new Set<string>();
  for (const file of files) {
    const path = file.path.toLowerCase();
    if (seen.has(path)) throw new Error(`Two files on one path: ${file.path}`);
    seen.add(path);
    if (!isAtHome(file, providerOf)) throw new Error(`A file outside its owner's roots: ${file.path}`);
  }
}

function isAtHome({ owner, path }: GeneratedFile, providerOf: (cluster: ClusterId) => Provider): boolean {
  if (owner.kind === 'decision') return path.startsWith('clusters/decisions/');
  const cluster = owner.kind === 'instance' ? owner.instance.cluster : owner.cluster;
  if (owner.kind === 'instance' && path.startsWith(`${instanceFolder(owner.instance)}/`)) return true;
  const folder = `clusters/${cluster}/`;
  return path.startsWith(folder) && isInsideRoots(path.slice(folder.length), providerOf(cluster));
}
