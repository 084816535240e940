import { type AgentSwitch, agentSwitches } from '../../07-gate/agent-switches.ts';
import { ownerOf } from '../../08-layout/owner-of.ts';
import { createService, type ServedCluster } from '../../08-layout/provider-clusters.ts';
import { load } from '../../01-load/load.ts';
import { validate } from '../../02-validate/validate.ts';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { createCheckoutReader } from '../../io/read-checkouts.ts';
import { readCommit } from '../../io/read-commit.ts';
import { readInput } from '../../io/read-input.ts';
import { createTreeReader } from '../../io/read-tree.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import { createNoMemory } from '../../lib/memo.ts';
import type { BootstrapStep } from '../../model/bootstrap.ts';
import type { GivenCheckout } from '../../model/checkout.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import { type Committed, HERE, targetKey } from '../../model/file.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { ProviderType } from '../../model/provider.ts';
import type { RepoPath } from '../../model/source.ts';
import { createTrees } from '../../pipeline/targets.ts';
import { providers } from '../../providers/registry.ts';

/** The first steps of one cluster, and what they read. */
export interface Found {
  readonly cluster: KnownCluster;
  readonly agent: ProviderType;
  readonly steps: readonly BootstrapStep[];
  /** The checkout that its tree is in. */
  readonly root: string;
  /** The sync object that says so, `<provider>/<name>`; absent: the tree is in the repository with the intents. */
  readonly target?: string;
  /** The cluster that its agent runs on: itself, or a hub. */
  readonly runsOn: string;
  /** Agents that it leaves, whose files still stand in the tree. */
  readonly leaving: readonly ProviderType[];
}

interface Asked {
  readonly name: string;
  readonly checkouts: readonly GivenCheckout[];
}

/** Finds the steps of a cluster from what is written and committed. What cannot be begun is an error. */
export async function findSteps(here: string, { name, checkouts: given }: Asked): Promise<Outcome<Found | undefined>> {
  const [read, tree, checkouts] = await Promise.all([
    readInput(here),
    createTreeReader({}).read(here),
    createCheckoutReader()(here, given),
  ]);
  const loaded = load(read.value);
  const intents = validate(loaded.value);
  // A mistake in an app is no reason not to begin; one that all share is.
  const shared = [...read.diagnostics, ...loaded.diagnostics, ...intents.diagnostics, ...tree.diagnostics, ...checkouts.diagnostics].filter(
    ({ severity, reach }) => severity === 'error' && reach.kind === 'run',
  );
  if (shared.length > 0) return { value: undefined, diagnostics: shared };
  const { clusters } = intents.value;
  const named = clusters.filter(({ id, value }) => id === name || value.metadata.name === name);
  const [cluster] = named;
  if (!cluster || named.length > 1)
    return { value: undefined, diagnostics: [unknownCluster(name, { clusters, isAmbiguous: named.length > 1 })] };
  const asked = { intents: intents.value, here: tree.value, checkouts: checkouts.value, request: {}, isSure: true };
  const trees = createTrees(createNoMemory())(asked);
  const away = obstacles(cluster, trees.diagnostics);
  if (away.length > 0) return { value: undefined, diagnostics: away };
  const { committed, targetOf, roots } = trees.value;
  const target = targetOf(cluster.id);
  const root = roots.get(targetKey(target)) ?? here;
  const served = createService(createNoMemory())({ intents: intents.value, committed, providers }).get(cluster.id);
  if (!served) throw new Error(`A cluster that nobody serves: ${cluster.id}`);
  const steps = providers[served.type].bootstrapSteps(served.at);
  const standing = { tree: committed, providers, ownerOf: (path: RepoPath) => ownerOf(path, providers) };
  const [change] = agentSwitches([cluster], standing);
  const refused = isWaiting(change)
    ? [refuse(cluster, `its tree is still that of ${change.from.join(' or ')}`, 'Bring the files of its new agent first: docs/handover.md')]
    : await missing(root, { cluster, steps, tree: committed });
  const found = {
    cluster,
    agent: served.type,
    steps,
    root,
    runsOn: runsOn(served),
    leaving: change?.from ?? [],
    ...(target !== HERE && { target: target.name }),
  };
  return { value: refused.length > 0 ? undefined : found, diagnostics: refused };
}

function runsOn({ type, at: { cluster, sync } }: ServedCluster): string {
  return (sync && providers[type].hostOf?.(sync)) ?? cluster.id;
}

/** Whether the new agent's files are still to come. */
function isWaiting(change: AgentSwitch | undefined): change is AgentSwitch {
  return change !== undefined && (change.collides || !change.isBegun);
}

/** Why the cluster's tree is not at hand; that of others is no matter. */
function obstacles(cluster: KnownCluster, problems: readonly Diagnostic[]): readonly Diagnostic[] {
  return problems
    .filter(({ severity, reach }) => severity === 'error' && (reach.kind !== 'clusters' || reach.clusters.includes(cluster.id)))
    .map((problem) =>
      problem.code === 'missing-checkout'
        ? refuse(cluster, 'its tree is in another repository or branch, which is not at hand', CHECK_OUT)
        : problem,
    );
}

const CHECK_OUT = 'Check it out, and name the folder: --checkout <provider>/<sync object>=<folder> (docs/targets.md)';

function unknownCluster(
  name: string,
  { clusters, isAmbiguous }: { readonly clusters: readonly KnownCluster[]; readonly isAmbiguous: boolean },
): Diagnostic {
  const near = nearestName(
    name,
    clusters.flatMap(({ id, value }) => [id, value.metadata.name]),
  );
  const hint = isAmbiguous || near === undefined ? 'Name a cluster of intents/ as provider+name' : `Did you mean "${near}"?`;
  return diagnose(
    'bootstrap-refused',
    { cluster: name, reason: isAmbiguous ? 'several clusters have that name' : 'no Cluster document describes it', hint },
    { reach: RUN },
  );
}

function refuse(cluster: KnownCluster, reason: string, hint: string): Diagnostic {
  return diagnose('bootstrap-refused', { cluster: cluster.id, reason, hint }, { source: cluster.at(['metadata', 'name']), reach: RUN });
}

interface Reading {
  readonly cluster: KnownCluster;
  readonly steps: readonly BootstrapStep[];
  readonly tree: Committed;
}

/** An agent pulls what is committed, so that what its steps read must be. */
async function missing(root: string, { cluster, steps, tree }: Reading): Promise<readonly Diagnostic[]> {
  const folder = `clusters/${cluster.id}`;
  const paths = [...new Set(steps.flatMap(({ reads }) => reads))].map((path) => `${folder}/${path}` as RepoPath);
  const absent = paths.find((path) => !tree.has(path));
  if (absent !== undefined) return [refuse(cluster, `there is no ${absent}`, 'Run espalier generate, commit and push')];
  const commit = await readCommit(root, [folder]);
  if (!commit)
    return [refuse(cluster, 'the folder is no Git repository with a commit', 'Commit the tree, and push it where the agent will look')];
  const changed = paths.find((path) => commit.files.get(path) !== tree.get(path)?.oid);
  return changed === undefined
    ? []
    : [refuse(cluster, `${changed} is not as Git has it`, 'Commit and push: the agent pulls what is committed')];
}
