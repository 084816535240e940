import { diagnose } from '../diagnostics/diagnose.ts';
import { groupBy } from '../lib/group-by.ts';
import { compareText } from '../lib/order.ts';
import { partsOf, treeOf } from '../lib/parts.ts';
import type { Checkout } from '../model/checkout.ts';
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
  const { here, targets, found, checkouts, known } = composing;
  const parts = new Map(partsOf(here));
  const described = new Set<string>(known.map(({ id }) => id));
  const strays: Stray[] = [];
  const unmoved = new Set<ClusterId>();
  for (const [cluster, target] of targets) {
    const old = parts.get(cluster);
    parts.delete(cluster);
    const checkedOut = found.get(cluster);
    const own = checkedOut && partsOf(checkedOut.committed).get(cluster);
    if (own) parts.set(cluster, own);
    // Flux's own files count as well: without them in the new tree Flux would delete itself.
    if (old && checkedOut && !own) unmoved.add(cluster);
    else if (isOurs(old)) strays.push({ cluster, place: undefined, target: target.name });
  }
  for (const { name, cluster, part, root } of partsElsewhere(checkouts)) {
    if (!described.has(cluster)) {
      if (!parts.has(cluster)) parts.set(cluster, part);
    } else if (isOurs(part) && found.get(cluster)?.root !== root) {
      strays.push({ cluster, place: name, target: targets.get(cluster)?.name });
    }
  }
  const sorted = [...parts].sort(([, a], [, b]) => compareText(firstPath(a), firstPath(b)));
  const problems = [...[...unmoved].map((cluster) => notMoved(cluster, composing)), ...leftBehind(strays)];
  return { committed: treeOf(new Map(sorted)), problems, unmoved };
}

function firstPath(part: Committed): string {
  for (const path of part.keys()) return path;
  return '';
}

function isOurs(part: Committed | undefined): boolean {
  return part !== undefined && [...part.values()].some(({ isMarked }) => isMarked);
}

interface PartElsewhere {
  readonly name: string;
  readonly cluster: ClusterId;
  readonly part: Committed;
  readonly root: string;
}

/** Clusters' parts in all checkouts; of a cluster's own one, that cluster's alone. */
function partsElsewhere(checkouts: readonly Checkout[]): readonly PartElsewhere[] {
  const seen = new Set<string>();
  return checkouts.flatMap(({ name, found }) => {
    if (found.kind === 'refused') return [];
    const roots = found.kind === 'one' ? [found.checkedOut] : [...found.byCluster.values()].filter((one) => typeof one !== 'string');
    return roots.flatMap(({ root, committed }) => {
      if (seen.has(root)) return [];
      seen.add(root);
      const all = [...partsOf(committed)].filter(([cluster]) => /^[^+]+\+[^+]+$/.test(cluster));
      return all.map(([cluster, part]) => ({ name, cluster: cluster as ClusterId, part, root }));
    });
  });
}

function notMoved(cluster: ClusterId, { targets, checkouts, found }: Composing): Diagnostic {
  const target = targets.get(cluster);
  const given = checkouts.find(({ name }) => name === target?.name) ?? checkouts[0];
  const folder = `${given?.folder.replace(/\/+$/, '') ?? found.get(cluster)?.root ?? ''}${target?.cluster === undefined ? '' : `/${cluster}`}`;
  return diagnose('tree-not-moved', { cluster, target: target?.name ?? '', folder }, { reach: { kind: 'clusters', clusters: [cluster] } });
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
