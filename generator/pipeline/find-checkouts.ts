import { diagnose } from '../diagnostics/diagnose.ts';
import { isSameRepository, showAddress } from '../lib/git-address.ts';
import { printable } from '../lib/printable.ts';
import type { CheckedOut, Checkout } from '../model/checkout.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic, Outcome, Reach } from '../model/diagnostic.ts';
import type { Target } from '../model/file.ts';

/** The checkout of each cluster whose tree is elsewhere and at hand. */
export type Found = ReadonlyMap<ClusterId, CheckedOut>;

export interface Given {
  readonly checkouts: readonly Checkout[];
  /** Sync objects whose checkouts may be missing; `all`: any. */
  readonly without: ReadonlySet<string>;
}

/** Clusters whose trees stand in one checkout, or in one folder of checkouts. */
interface Group {
  readonly target: Target;
  /** All sync objects that name it. */
  readonly names: Set<string>;
  readonly clusters: Map<ClusterId, Target>;
}

/** Finds the checkout of each cluster's target, and tells of targets that are not at hand or not what they should be. */
export function findCheckouts(targets: ReadonlyMap<ClusterId, Target>, given: Given): Outcome<Found> {
  const found = new Map<ClusterId, CheckedOut>();
  const diagnostics: Diagnostic[] = [];
  const owners = new Map<string, Group>();
  for (const group of groupsOf(targets)) {
    const own = given.checkouts.filter(({ name }) => group.names.has(name));
    const [checkout] = own;
    if (!checkout) {
      diagnostics.push(missing(group, { given, clusters: [...group.clusters.keys()] }));
      continue;
    }
    const shared = own.flatMap((one) => sharedWith(one, { checkout, group, owners }));
    const { value, diagnostics: problems } = shared.length > 0 ? { value: [], diagnostics: shared } : lookInto(checkout, group, given);
    diagnostics.push(...problems);
    for (const [cluster, checkedOut] of value) found.set(cluster, checkedOut);
  }
  return { value: found, diagnostics };
}

function groupsOf(targets: ReadonlyMap<ClusterId, Target>): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const [cluster, target] of targets) {
    const key = JSON.stringify([target.repository, target.cluster === undefined ? target.branch : null]);
    const group = groups.get(key) ?? { target, names: new Set(), clusters: new Map() };
    groups.set(key, group);
    group.names.add(target.name);
    group.clusters.set(cluster, target);
  }
  return [...groups.values()];
}

interface Absent {
  readonly given: Given;
  readonly clusters: readonly ClusterId[];
  /** Where its checkout would be looked for. */
  readonly folder?: string | undefined;
}

function missing({ target, names }: Group, { given, clusters, folder }: Absent): Diagnostic {
  const [cluster = ''] = clusters;
  const args = { target: target.name, cluster, count: clusters.length };
  const reach: Reach = { kind: 'clusters', clusters };
  if (given.without.has('all') || [...names].some((name) => given.without.has(name))) return diagnose('left-out-target', args, { reach });
  const { branch, repository } = target;
  return diagnose('missing-checkout', { ...args, branch, repository: showAddress(repository), folder }, { reach });
}

interface Sharing {
  /** The first one given for the group. */
  readonly checkout: Checkout;
  readonly group: Group;
  readonly owners: Map<string, Group>;
}

/** The same folder for two targets, or two folders for one. */
function sharedWith(one: Checkout, { checkout, group, owners }: Sharing): readonly Diagnostic[] {
  const where = { reach: { kind: 'clusters', clusters: [...group.clusters.keys()] } } as const;
  const folder = printable(one.folder);
  const [root, first] = [rootOf(one), rootOf(checkout)];
  if (root === undefined) return [];
  if (root !== first) return [diagnose('shared-checkout', { target: one.name, other: one.name, folder }, where)];
  const owner = owners.get(root);
  owners.set(root, owner ?? group);
  return owner && owner !== group ? [diagnose('shared-checkout', { target: one.name, other: owner.target.name, folder }, where)] : [];
}

function rootOf({ found }: Checkout): string | undefined {
  if (found.kind === 'one') return found.checkedOut.root;
  if (found.kind === 'refused') return undefined;
  return [...found.byCluster.values()].map((one) => (typeof one === 'string' ? '' : one.root)).join('\n');
}

type Looked = Outcome<readonly (readonly [ClusterId, CheckedOut])[]>;

function lookInto(checkout: Checkout, group: Group, given: Given): Looked {
  const { found, name, folder } = checkout;
  const clusters = [...group.clusters.keys()];
  const bad = (reason: string): Looked => ({
    value: [],
    diagnostics: [diagnose('bad-checkout', { target: name, folder: printable(folder), reason }, { reach: { kind: 'clusters', clusters } })],
  });
  if (found.kind === 'refused') return bad(found.reason);
  const isPerCluster = group.target.cluster !== undefined;
  if (found.kind === 'many') return isPerCluster ? lookIntoMany(found.byCluster, { checkout, group, given }) : bad(NOT_ONE);
  if (isPerCluster) return bad(NOT_MANY);
  const problem = verify(found.checkedOut, { target: group.target, name, folder, clusters });
  return problem ? { value: [], diagnostics: [problem] } : { value: clusters.map((id) => [id, found.checkedOut]), diagnostics: [] };
}

const NOT_ONE = 'it holds checkouts for single clusters, and the trees are all on one branch';
const NOT_MANY = 'it is one checkout, and each cluster has a branch of its own';

interface Many {
  readonly checkout: Checkout;
  readonly group: Group;
  readonly given: Given;
}

function lookIntoMany(byCluster: ReadonlyMap<string, CheckedOut | string>, { checkout, group, given }: Many): Looked {
  const { name } = checkout;
  const absent: ClusterId[] = [];
  const diagnostics: Diagnostic[] = [];
  const value: (readonly [ClusterId, CheckedOut])[] = [];
  for (const [cluster, target] of group.clusters) {
    const folder = `${checkout.folder.replace(/\/+$/, '')}/${cluster}`;
    const one = byCluster.get(cluster);
    if (one === undefined) absent.push(cluster);
    else if (typeof one === 'string') {
      const args = { target: name, folder: printable(folder), reason: one };
      diagnostics.push(diagnose('bad-checkout', args, { reach: { kind: 'clusters', clusters: [cluster] } }));
    } else {
      const problem = verify(one, { target, name, folder, clusters: [cluster] });
      if (problem) diagnostics.push(problem);
      else value.push([cluster, one]);
    }
  }
  const [first] = absent;
  if (first === undefined) return { value, diagnostics };
  const own = { ...group, target: group.clusters.get(first) ?? group.target };
  const folder = printable(`${checkout.folder.replace(/\/+$/, '')}/${first}`);
  return { value, diagnostics: [...diagnostics, missing(own, { given, clusters: absent, folder })] };
}

interface Verifying {
  readonly target: Target;
  readonly name: string;
  readonly folder: string;
  readonly clusters: readonly ClusterId[];
}

/** Whether it is a checkout of that branch of that repository, as far as it says. */
function verify(found: CheckedOut, { target, name, folder, clusters }: Verifying): Diagnostic | undefined {
  const where = { reach: { kind: 'clusters', clusters } } as const;
  const args = { target: name, folder: printable(folder) };
  const branch = found.branch === undefined ? undefined : printable(found.branch);
  if (found.branch !== target.branch) return diagnose('wrong-branch', { ...args, branch: target.branch, found: branch }, where);
  if (found.remotes.length === 0 || found.remotes.some((remote) => isSameRepository(remote, target.repository))) return undefined;
  const [shown, repository] = [found.remotes.map(showAddress), showAddress(target.repository)];
  return diagnose('wrong-remote', { ...args, repository, found: shown }, where);
}
