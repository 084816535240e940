import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { sortBy } from '../lib/order.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { CommittedFile } from '../model/file.ts';
import type { RepoPath, Source } from '../model/source.ts';
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
  const synced = new Set(desired.flatMap(({ path }) => SYNCED.exec(path)?.[1] ?? []));
  const ofKustomize = [...committed.values()].filter(({ path, isMarked }) => !isMarked && synced.has(REFUSED.exec(path)?.[1] ?? ''));
  return [
    ...sortBy(ofKustomize, ({ path }) => path).map(({ path }) => diagnose('google-kustomization', { path }, at(path))),
    ...told(stray.filter((file) => !ofKustomize.includes(file))),
  ];
}

function told(stray: readonly CommittedFile[]): readonly Diagnostic[] {
  return sortBy(stray, ({ path }) => path).map(({ path }) => diagnose('unmarked-file', { path, isApplied: APPLIED.test(path) }, at(path)));
}

function at(path: RepoPath): { readonly source: Source; readonly reach: Reach } {
  return { source: { file: path, line: 1, column: 1, length: 1 }, reach: RUN };
}

function foldersAndItself(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Where Config Sync reads, a kustomization in a sub-folder makes it refuse everything. Source: kpt-config-sync, pkg/hydrate. */
const REFUSED = /^clusters\/([^/]+)\/(?:cluster|namespaces)\/(?:.*\/)?(?:kustomization\.ya?ml|Kustomization)$/;

/** What a RootSync of ours reads. */
const SYNCED = /^clusters\/([^/]+)\/cluster\//;

/** References are found by their folder, and what Config Sync applies by its own; everything else by a list. */
const APPLIED =
  /^clusters\/[^/]+\/(?:(?:references|credentials|argocd\/applications|argocd\/projects)\/.*\.ya?ml|(?:cluster|namespaces)\/.*\.(?:ya?ml|json))$/;
