import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import type { Memory } from '../lib/memo.ts';
import { partOf } from '../lib/parts.ts';
import { isElsewhere, targetsOf } from '../lib/targets.ts';
import type { Checkout } from '../model/checkout.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import { type Committed, HERE, type Target, type TargetKey, targetKey } from '../model/file.ts';
import type { Intents } from '../model/intents.ts';
import type { RunRequest } from '../model/run.ts';
import { composeTrees } from './compose-trees.ts';
import { findCheckouts, type Found } from './find-checkouts.ts';

/** The trees of all clusters, wherever they stand. */
export interface Trees {
  /** Each cluster's part from its target; nothing of those that are away. */
  readonly committed: Committed;
  /** Where a cluster's tree is written; that of one that is not described is here. */
  readonly targetOf: (cluster: string) => Target;
  /** Clusters whose trees are not at hand: nothing of them is written, and nothing that is missing is missing. */
  readonly away: ReadonlySet<ClusterId>;
  /** Absolute paths of checkouts. */
  readonly roots: ReadonlyMap<TargetKey, string>;
}

export interface TreesRequest {
  readonly intents: Pick<Intents, 'clusters' | 'syncObjects'>;
  /** The tree of the repository with the intents. */
  readonly here: Committed;
  readonly checkouts: readonly Checkout[];
  readonly request: Pick<RunRequest, 'withoutCheckouts'>;
  /** Whether all intents that name checkouts could be read. */
  readonly isSure: boolean;
}

/** Puts the trees together again and again; as long as nothing changes it is the same tree. */
export function createTrees(memory: Memory): (request: TreesRequest) => Outcome<Trees> {
  const trees = memory.memo<'all', Outcome<Trees>>();
  return (asked) => {
    const { intents, here, checkouts, request, isSure } = asked;
    const found = checkouts.flatMap(({ name, folder, found: { kind, ...rest } }) => [name, folder, kind, ...deepParts(rest)]);
    const inputs = [intents.clusters, intents.syncObjects, here, (request.withoutCheckouts ?? []).join(), isSure, ...found];
    return trees.get('all', inputs, () => treesOf(asked));
  };
}

/** What tells one checkout from another: values, and trees that stay the same objects. */
function deepParts(found: object): readonly unknown[] {
  return Object.values(found).flatMap((value: unknown) => {
    if (value instanceof Map) return [...value].flatMap(([name, one]: [unknown, unknown]) => [name, ...partsOfOne(one)]);
    return partsOfOne(value);
  });
}

function partsOfOne(one: unknown): readonly unknown[] {
  if (typeof one !== 'object' || one === null) return [one];
  return Object.values(one).map((value: unknown) => (Array.isArray(value) ? value.join('\n') : value));
}

function treesOf({ intents, here, checkouts, request, isSure }: TreesRequest): Outcome<Trees> {
  const targets = targetsOf(intents);
  const unknown = isSure ? unknownNames(intents.syncObjects, checkouts) : [];
  if (targets.size === 0 && checkouts.length === 0)
    return { value: { committed: here, targetOf: () => HERE, away: new Set(), roots: new Map() }, diagnostics: [] };
  const { value: found, diagnostics } = findCheckouts(targets, { checkouts, without: new Set(request.withoutCheckouts) });
  const { committed, problems, unmoved } = composeTrees({ here, targets, found, checkouts, known: intents.clusters });
  return {
    value: {
      committed,
      targetOf: (cluster) => targets.get(cluster as ClusterId) ?? HERE,
      away: new Set([...[...targets.keys()].filter((cluster) => !found.has(cluster)), ...unmoved]),
      roots: rootsOf(targets, found),
    },
    // A name that was mistyped leaves its target without a checkout; and where intents are wrong that say where trees are, nothing follows.
    diagnostics: isSure && unknown.length === 0 ? [...diagnostics, ...problems] : unknown,
  };
}

function rootsOf(targets: ReadonlyMap<ClusterId, Target>, found: Found): ReadonlyMap<TargetKey, string> {
  return new Map(
    [...found].flatMap(([cluster, { root }]) => {
      const target = targets.get(cluster);
      return target ? [[targetKey(target), root] as const] : [];
    }),
  );
}

function unknownNames(syncObjects: Intents['syncObjects'], checkouts: readonly Checkout[]): readonly Diagnostic[] {
  const names = new Map(
    syncObjects.map(({ value: { metadata, spec } }) => [
      `${spec.provider}/${metadata.name}`,
      spec.git !== undefined && isElsewhere(spec.git),
    ]),
  );
  const elsewhere = [...names].filter(([, is]) => is).map(([name]) => name);
  return checkouts
    .filter(({ name }) => names.get(name) !== true)
    .map(({ name }) => diagnose('unknown-checkout', { name, near: nearestName(name, elsewhere), isHere: names.has(name) }, { reach: RUN }));
}

/** Says of a finding in another target's tree which one it is. */
export function ofTarget(finding: Diagnostic, { targetOf }: Trees): Diagnostic {
  const { file = '' } = finding.source ?? {};
  const { name } = file.startsWith('clusters/') ? targetOf(partOf(file)) : HERE;
  return name === HERE.name ? finding : { ...finding, target: name };
}
