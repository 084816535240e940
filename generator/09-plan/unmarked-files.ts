import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { sortBy } from '../lib/order.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { PlanRequest } from './plan-request.ts';

/** Warns of files in our folders that are not ours, where nothing of ours is wanted: agents apply whatever lies in some of them. */
export function unmarkedFiles({ desired, committed, ownerOf, clusters, left }: PlanRequest): readonly Diagnostic[] {
  const wanted = new Set<string>(desired.map(({ path }) => path));
  const stray = [...committed.values()].filter(({ path, isMarked }) => {
    // What stands in the way of a wanted file is an error already.
    if (isMarked || foldersAndItself(path).some((place) => wanted.has(place))) return false;
    const owner = ownerOf(path);
    if (!owner || owner.kind === 'decision') return owner !== undefined;
    const cluster = owner.kind === 'cluster' ? owner.cluster : owner.instance.cluster;
    // While a cluster's agent changes, the old one still has a use for it.
    return clusters.has(cluster) && left?.has(cluster) !== true;
  });
  return sortBy(stray, ({ path }) => path).map(({ path }) =>
    diagnose(
      'unmarked-file',
      { path, isApplied: APPLIED.test(path) },
      { source: { file: path, line: 1, column: 1, length: 1 }, reach: RUN },
    ),
  );
}

function foldersAndItself(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** References are found by their folder, and what Config Sync applies by its own; everything else by a list. */
const APPLIED =
  /^clusters\/[^/]+\/(?:(?:references|credentials|argocd\/applications|argocd\/projects)\/.*\.ya?ml|(?:cluster|namespaces)\/.*\.(?:ya?ml|json))$/;
