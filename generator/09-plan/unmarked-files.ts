import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { isIn } from '../lib/is-in.ts';
import { sortBy } from '../lib/order.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { CommittedFile } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import type { PlanRequest } from './plan-request.ts';
import { strayAt } from './stray-at.ts';

/**
 * Tells of files in our folders that are not ours, where nothing of ours is wanted: agents apply whatever lies in some of them, and stop at others.
 */
export function unmarkedFiles({ desired, committed, ownerOf, clusters, left }: PlanRequest): readonly Diagnostic[] {
  const wanted = new Set<string>(desired.map(({ path }) => path));
  const isStray = ({ path }: CommittedFile): boolean => {
    // What stands in the way of a wanted file is an error already.
    if (foldersAndItself(path).some((place) => wanted.has(place))) return false;
    const owner = ownerOf(path);
    if (!owner || owner.kind === 'decision') return owner !== undefined;
    const cluster = owner.kind === 'cluster' ? owner.cluster : owner.instance.cluster;
    // While a cluster's agent changes, the old one still has a use for it.
    return clusters.has(cluster) && left?.has(cluster) !== true;
  };
  const unmarked = [...committed.values()].filter(({ isMarked }) => !isMarked);
  return sortBy(unmarked, ({ path }) => path).flatMap((file) => {
    const stray = strayAt(file, clusters);
    if (stray?.is === 'refused') return [stray.finding];
    if (!isStray(file)) return [];
    const { path } = file;
    const isAnothers = isOfAnother(path, { clusters, ownerOf });
    const source = { file: path, line: 1, column: 1, length: 1 };
    return [diagnose('unmarked-file', { path, isApplied: stray?.is === 'applied', isAnothers }, { source, reach: RUN })];
  });
}

/** Whether it lies where an agent's files belong that is not the cluster's. */
function isOfAnother(path: RepoPath, { clusters, ownerOf }: Pick<PlanRequest, 'clusters' | 'ownerOf'>): boolean {
  const owner = ownerOf(path);
  if (owner?.kind !== 'cluster') return false;
  const own = clusters.get(owner.cluster);
  return own !== undefined && !isIn(path.slice(`clusters/${owner.cluster}/`.length), own.roots);
}

function foldersAndItself(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
