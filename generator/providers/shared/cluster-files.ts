import { repoPath } from '../../lib/path.ts';
import type { ClusterId } from '../../model/context.ts';
import { type GeneratedFile, HERE, MARKER, type Owner } from '../../model/file.ts';
import type { RepoPath } from '../../model/source.ts';

/** A path below a cluster's folder. */
export function clusterPath(cluster: ClusterId, path: string): RepoPath {
  return repoPath(`clusters/${cluster}/${path}`);
}

/** A file with our marker that belongs to the cluster itself. */
export function clusterFile(cluster: ClusterId, path: string, text: string): GeneratedFile {
  return markedFile({ kind: 'cluster', cluster }, clusterPath(cluster, path), text);
}

/** A file of the cluster that is written as it is: it has its marker, in the words of its own language. */
export function wholeClusterFile(cluster: ClusterId, path: string, content: string): GeneratedFile {
  return { target: HERE, owner: { kind: 'cluster', cluster }, path: clusterPath(cluster, path), content };
}

/** A file whose first line says that it is ours. */
export function markedFile(owner: Owner, path: RepoPath, text: string): GeneratedFile {
  return { target: HERE, owner, path, content: `${MARKER}\n${text}` };
}
