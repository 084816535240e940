import { instanceFolder } from '../lib/instance-path.ts';
import { isIn } from '../lib/is-in.ts';
import type { GeneratedFile, Owner } from '../model/file.ts';
import type { Provider } from '../model/provider.ts';

/** Throws, because it is our bug, when a file lies outside what its owner may write or when two files share a path (on any file system). */
export function checkFiles(files: readonly GeneratedFile[], provider: Provider | undefined): void {
  const seen = new Set<string>();
  // Files of one owner come one after another.
  let folder: { readonly owner: Owner; readonly path: string } | undefined;
  for (const file of files) {
    seen.add(file.path.toLowerCase());
    const { owner, path } = file;
    if (owner.kind === 'instance' && folder?.owner !== owner) folder = { owner, path: `${instanceFolder(owner.instance)}/` };
    if (owner.kind === 'instance' && folder && path.startsWith(folder.path)) continue;
    if (!isAtHome(file, provider)) throw new Error(`A file outside its owner's roots: ${file.path}`);
  }
  if (seen.size < files.length) throw new Error(`Two files on one path: ${twice(files)}`);
}

function twice(files: readonly GeneratedFile[]): string {
  const seen = new Set<string>();
  return files.find(({ path }) => seen.size === seen.add(path.toLowerCase()).size)?.path ?? '';
}

function isAtHome({ owner, path }: GeneratedFile, provider: Provider | undefined): boolean {
  if (owner.kind === 'decision') return path.startsWith('clusters/decisions/');
  const cluster = owner.kind === 'instance' ? owner.instance.cluster : owner.cluster;
  const folder = `clusters/${cluster}/`;
  return provider !== undefined && path.startsWith(folder) && isIn(path.slice(folder.length), provider.roots);
}
