import { diagnose } from '../diagnostics/diagnose.ts';
import { groupBy } from '../lib/group-by.ts';
import { compareText } from '../lib/order.ts';
import { partsOf, treeOf } from '../lib/parts.ts';
import type { CheckedOut, Checkout } from '../model/checkout.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Committed, Target } from '../model/file.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { Found } from './find-checkouts.ts';

export interface Composing {
  readonly here: Committed;
  readonly targets: ReadonlyMap<ClusterId, Target>;
  readonly found: Found;
  readonly checkouts: readonly Checkout[];
  /** The clusters that are described. */
  readonly known: readonly KnownCluster[];
}

export interface Composed {
  readonly committed: Committed;
  readonly problems: readonly Diagnostic[];
  /** Clusters whose trees have yet to be copied to their targets. */
  readonly unmoved: ReadonlySet<ClusterId>;
}

/** Something of a cluster's that stands where it does not belong. */
interface Stray {
  readonly cluster: ClusterId;
  /** The target whose checkout it is in; `undefined`: the repository with the intents. */
  readonly place: string | undefined;
  readonly target: string | undefined;
}

/** One tree of all parts, each from where it belongs. Parts of clusters that nobody describes are taken from wherever they are. */
export function composeTrees(composing: Composing): Composed {
  const { here, targets, found } = composing;
  const parts = new Map(partsOf(here));
  const strays: Stray[] = [];
  const unmoved = new Map<ClusterId, string>();
  for (const [cluster, target] of targets) {
    const old = parts.get(cluster);
    parts.delete(cluster);
    const checkedOut = found.get(cluster);
    const own = checkedOut && partsOf(checkedOut.committed).get(cluster);
    if (own) parts.set(cluster, own);
    if (old && checkedOut && !isCopy(own, old)) unmoved.set(cluster, '');
    else if (isOurs(old)) strays.push({ cluster, place: undefined, target: target.name });
  }
  sortElsewhere(composing, { parts, strays, unmoved });
  const sorted = [...parts].sort(([, a], [, b]) => compareText(firstPath(a), firstPath(b)));
  const problems = [...[...unmoved].map(([cluster, from]) => notMoved(cluster, from, composing)), ...leftBehind(strays)];
  return { committed: treeOf(new Map(sorted)), problems, unmoved: new Set(unmoved.keys()) };
}

interface Sorting {
  readonly parts: Map<string, Committed>;
  readonly strays: Stray[];
  /** With where each stands, as the beginning of a path. */
  readonly unmoved: Map<ClusterId, string>;
}

/** What stands in checkouts where it does not belong, or has yet to be copied from. */
function sortElsewhere(composing: Composing, { parts, strays, unmoved }: Sorting): void {
  const { targets, found, known } = composing;
  const described = new Set<string>(known.map(({ id }) => id));
  for (const { name, folder, cluster, part, root } of partsElsewhere(composing)) {
    if (!described.has(cluster)) {
      if (!parts.has(cluster)) parts.set(cluster, part);
    } else if (isOurs(part) && found.get(cluster)?.root !== root) {
      const isAtHand = !targets.has(cluster) || found.has(cluster);
      if (isAtHand && !unmoved.has(cluster) && !isCopy(parts.get(cluster), part)) unmoved.set(cluster, `${folder}/`);
      else strays.push({ cluster, place: name, target: targets.get(cluster)?.name });
    }
  }
}

function firstPath(part: Committed): string {
  for (const path of part.keys()) return path;
  return '';
}

function isOurs(part: Committed | undefined): boolean {
  return part !== undefined && [...part.values()].some(({ isMarked }) => isMarked);
}

/** Flux's own files count as well: without them in the new tree Flux would delete itself. What was copied may have changed since. */
function isCopy(own: Committed | undefined, old: Committed): boolean {
  return own !== undefined && [...old.keys()].some((path) => own.has(path));
}

interface PartElsewhere {
  readonly name: string;
  /** Of the checkout, as it was given. */
  readonly folder: string;
  readonly cluster: ClusterId;
  readonly part: Committed;
  readonly root: string;
}

/** Clusters' parts in all checkouts that can be used; of a cluster's own one, that cluster's alone. */
function partsElsewhere({ checkouts, targets, found }: Composing): readonly PartElsewhere[] {
  const used = new Set([...found.values()].map(({ root }) => root));
  const wanted = new Set([...targets.values()].map(({ name }) => name));
  const seen = new Set<string>();
  return checkouts.flatMap((checkout) =>
    rootsOf(checkout).flatMap(({ root, committed, folder, owner }) => {
      // What was given for a target and is not used was refused: it may be of another branch or repository, where other rules hold.
      const isRefused = wanted.has(checkout.name) && !used.has(root) && (owner === undefined || targets.has(owner));
      if (seen.has(root) || isRefused) return [];
      seen.add(root);
      const all = [...partsOf(committed)].filter(([cluster]) => /^[^+]+\+[^+]+$/.test(cluster));
      return all.map(([cluster, part]) => ({ name: checkout.name, folder, cluster: cluster as ClusterId, part, root }));
    }),
  );
}

interface Root extends CheckedOut {
  /** As it was given. */
  readonly folder: string;
  /** Whose own it is, if each cluster has one. */
  readonly owner?: ClusterId;
}

/** What is checked out there. */
function rootsOf(checkout: Checkout): readonly Root[] {
  const { found } = checkout;
  const folder = folderOf(checkout);
  if (found.kind === 'refused') return [];
  if (found.kind === 'one') return [{ ...found.checkedOut, folder }];
  return [...found.byCluster].flatMap(([owner, one]) =>
    typeof one === 'string' ? [] : [{ ...one, folder: `${folder}/${owner}`, owner: owner as ClusterId }],
  );
}

function folderOf({ folder }: Checkout): string {
  return folder.replace(/\/+$/, '');
}

/** `from`: where the tree stands, as a beginning of its path. */
function notMoved(cluster: ClusterId, from: string, { targets, checkouts, found }: Composing): Diagnostic {
  const target = targets.get(cluster);
  const given = target && (checkouts.find(({ name }) => name === target.name) ?? checkouts[0]);
  const folder = given ? folderOf(given) : (found.get(cluster)?.root ?? '.');
  const args = { cluster, target: target?.name, from, folder: target?.cluster === undefined ? folder : `${folder}/${cluster}` };
  return diagnose('tree-not-moved', args, { reach: { kind: 'clusters', clusters: [cluster] } });
}

function leftBehind(strays: readonly Stray[]): readonly Diagnostic[] {
  const groups = groupBy(strays, ({ place, target }) => JSON.stringify([place ?? null, target ?? null]));
  return [...groups.values()].map(([{ cluster, place, target }, ...others]) =>
    diagnose(
      'tree-left-behind',
      { cluster, count: others.length + 1, place, target },
      { reach: { kind: 'clusters', clusters: [cluster, ...others.map((other) => other.cluster)] } },
    ),
  );
}
