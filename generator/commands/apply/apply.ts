import { performance } from 'node:perf_hooks';
import { resolve } from 'node:path';
import { load } from '../../01-load/load.ts';
import { validate } from '../../02-validate/validate.ts';
import { checkSync } from '../../08-layout/sync.ts';
import { execute } from '../../apply/execute.ts';
import { planApply, takesEverything } from '../../apply/plan.ts';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { INTERRUPTED, listenForInterrupt } from '../../io/interrupt.ts';
import { checkFleet, readInput } from '../../io/read-input.ts';
import { createTerminal } from '../../io/terminal.ts';
import type { DeploymentId, InstanceOutcome, InstanceStep, ObjectRef } from '../../model/apply.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { Intents } from '../../model/intents.ts';
import type { AppliedCluster } from './applied-json.ts';
import { providers } from '../../providers/registry.ts';
import { chooseClusters, type DirectCluster } from './choose-clusters.ts';
import { type ClusterTree, committedTree } from './committed-tree.ts';
import { connect, type Connected } from './connect.ts';
import { findingsOf } from './findings.ts';
import { namesFrom, type Names } from './names.ts';
import type { ApplyOptions } from './options.ts';
import { createTelling, type Telling } from './telling.ts';

/** `espalier apply`. Gives the exit code. */
export async function apply(options: ApplyOptions): Promise<number> {
  const telling = createTelling(options, createTerminal({ color: options.color }));
  const root = resolve(options.root);
  const prepared = await prepare(root, options);
  if (prepared.diagnostics.length > 0) return telling.close(prepared.diagnostics, 1);
  const interrupt = listenForInterrupt();
  const diagnostics: Diagnostic[] = [];
  try {
    const { targets, intents } = prepared.value;
    const reached: Reached[] = [];
    for (const target of targets) {
      const connected = await connect(target.direct, options, interrupt.signal);
      diagnostics.push(...connected.diagnostics);
      const names = namesFrom(intents, target.tree.names);
      if (!connected.value) continue;
      const same = reached.find((other) => other.connected.api.server === connected.value?.api.server);
      if (same) diagnostics.push(oneServer(target, same));
      else reached.push({ ...target, connected: connected.value, names });
    }
    diagnostics.push(...unknownParts(reached, options));
    const isMeant = !diagnostics.some(({ code }) => code === 'bad-arguments');
    for (const one of isMeant ? reached : []) diagnostics.push(...(await applyTo(one, { options, telling, signal: interrupt.signal })));
    for (const { connected } of reached) connected.api.close();
  } finally {
    interrupt.close();
  }
  const exitCode = interrupt.signal.aborted ? INTERRUPTED : diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
  return telling.close(diagnostics, exitCode);
}

interface Target {
  readonly direct: DirectCluster;
  readonly tree: ClusterTree;
}

interface Reached extends Target {
  readonly connected: Connected;
  readonly names: Names;
}

interface Prepared {
  readonly intents: Intents;
  readonly targets: readonly Target[];
}

/** Everything that can be known without a server. With a mistake nothing is begun. */
async function prepare(root: string, options: ApplyOptions): Promise<Outcome<Prepared>> {
  const read = await readInput(root);
  const loaded = load(read.value);
  const intents = validate(loaded.value);
  // What is committed was made of intents that were right; here only clusters and what they sync through matter.
  const shared = [...(await checkFleet(root)), ...[...read.diagnostics, ...loaded.diagnostics, ...intents.diagnostics].filter(isShared)];
  const nothing: Prepared = { intents: intents.value, targets: [] };
  if (shared.length > 0) return { value: nothing, diagnostics: [...new Map(shared.map((one) => [JSON.stringify(one), one])).values()] };
  const chosen = chooseClusters(intents.value, options.clusters);
  const ways = checkSync({ ...intents.value, clusters: chosen.value.map(({ cluster }) => cluster) }, providers);
  const refused = [...chosen.diagnostics, ...ways];
  if (refused.length > 0) return { value: nothing, diagnostics: refused };
  const trees = await Promise.all(
    chosen.value.map(async (direct) => ({
      direct,
      read: await committedTree(direct.cluster.id, { root, clouds: intents.value.clouds, allowUncommitted: options.allowUncommitted }),
    })),
  );
  const targets = trees.flatMap(({ direct, read: { value } }) => (value ? [{ direct, tree: value }] : []));
  return { value: { intents: intents.value, targets }, diagnostics: trees.flatMap((tree) => tree.read.diagnostics) };
}

function isShared({ severity, reach }: Diagnostic): boolean {
  return severity === 'error' && reach.kind === 'run';
}

/** Two clusters whose contexts lead to one server would take each other's objects. */
function oneServer({ direct }: Target, { direct: other }: Target): Diagnostic {
  const args = { cluster: direct.cluster.id, context: direct.context, other: other.cluster.id };
  return diagnose('server-of-another-cluster', args, { source: direct.cluster.at(['metadata', 'name']), reach: RUN });
}

/** What `--only` names and no cluster has. */
function unknownParts(reached: readonly Reached[], { only }: ApplyOptions): readonly Diagnostic[] {
  if (reached.length === 0) return [];
  const isKnown = (name: string): boolean =>
    reached.some(({ tree, connected, names }) =>
      [...tree.instances, ...connected.inventories].some((instance) => names.isCalled(instance, name)),
    );
  return only
    .filter((name) => !isKnown(name))
    .map((name) => {
      const hint = 'Give namespace/name of a deployment or logical cloud, or namespace/name/app';
      return diagnose(
        'bad-arguments',
        { problem: `--only "${name}" names nothing that is, or should be, on the cluster`, hint },
        { reach: RUN },
      );
    });
}

interface Applying {
  readonly options: ApplyOptions;
  readonly telling: Telling;
  readonly signal: AbortSignal;
}

async function applyTo(
  { direct, tree, connected, names }: Reached,
  { options, telling, signal }: Applying,
): Promise<readonly Diagnostic[]> {
  const { id } = direct.cluster;
  const { api, server, version, context, inventories } = connected;
  const head = { cluster: id, server: api.server, context, commit: tree.commit };
  telling.begin({ ...head, version, names });
  const instances = [...tree.instances, ...inventories];
  const only =
    options.only.length === 0
      ? undefined
      : new Set(instances.filter((one) => options.only.some((name) => names.isCalled(one, name))).map((one) => one.id));
  const steps = planApply({
    tree: tree.instances,
    inventories,
    mode: options.mode === 'delete' ? 'delete' : 'apply',
    ...(only && { only }),
  });
  const isLooking = options.dryRun || options.mode === 'get';
  const guard = isLooking ? undefined : guardOf(id, { steps, inventories, options });
  if (guard) return [guard];
  const started = performance.now();
  const ids = new Set<DeploymentId>(instances.map((one) => one.id));
  const tell = (outcome: InstanceOutcome): void => telling.instance(outcome);
  const executing = {
    server,
    cluster: id,
    commit: tree.commit,
    dryRun: isLooking,
    deleteData: options.deleteData,
    ids,
    mayForce: forcing(options),
    signal,
    tell,
  };
  const outcomes = await execute(steps, executing);
  const applied: AppliedCluster = { ...head, outcomes };
  await telling.end(applied, (performance.now() - started) / 1000);
  return findingsOf(id, outcomes, (outcome) => names.titleOf(outcome));
}

interface Guarded {
  readonly steps: readonly InstanceStep[];
  readonly inventories: Connected['inventories'];
  readonly options: ApplyOptions;
}

/** What must be said twice. */
function guardOf(cluster: string, { steps, inventories, options }: Guarded): Diagnostic | undefined {
  const removed = steps.filter(({ kind }) => kind === 'remove');
  const args = { cluster, instances: removed.length, objects: removed.reduce((sum, { prune }) => sum + prune.length, 0) };
  if (options.mode === 'delete') {
    return options.isConfirmed || removed.length === 0 ? undefined : diagnose('removal-not-confirmed', args, { reach: RUN });
  }
  return !options.pruneAll && takesEverything(steps, inventories) ? diagnose('would-remove-everything', args, { reach: RUN }) : undefined;
}

function forcing({ force }: ApplyOptions): (ref: ObjectRef) => boolean {
  if (force === 'all') return () => true;
  const named = new Set(force);
  return ({ kind, namespace, name }) => named.has(namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`);
}
