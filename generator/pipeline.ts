import { createLoader } from './01-load/load.ts';
import { loadSeen } from './01-load/load-seen.ts';
import { propose } from './01-load/propose.ts';
import { checkSeen } from './02-validate/check-seen.ts';
import { createValidator } from './02-validate/validate.ts';
import { compose } from './03-compose/compose.ts';
import { createPlacer } from './04-place/place.ts';
import { createBinder } from './05-bind/bind.ts';
import { createRenderer, type Renderer } from './06-render/render.ts';
import { agentSwitches } from './07-gate/agent-switches.ts';
import { allDeploymentsGone } from './07-gate/all-deployments-gone.ts';
import { createCommittedInstances } from './07-gate/committed-instances.ts';
import { concernOf } from './07-gate/concerns.ts';
import { goneClusters } from './07-gate/gone-clusters.ts';
import { handovers } from './07-gate/handovers.ts';
import { createGate } from './07-gate/remembered-gate.ts';
import { leftInstances } from './07-gate/left-instances.ts';
import { resolveScope } from './07-gate/resolve-scope.ts';
import { type UnwantedReferences, unwantedReferences } from './07-gate/unwanted-references.ts';
import { createLayouter } from './08-layout/layout.ts';
import { goneContexts } from './09-plan/gone-contexts.ts';
import { heldApps } from './09-plan/held-apps.ts';
import { createPlanner } from './09-plan/plan-parts.ts';
import { createReasonFinder } from './09-plan/removal-reasons.ts';
import { sopsFile, withChange } from './09-plan/sops-file.ts';
import { removalsOf } from './09-plan/removals.ts';
import { begin } from './io/phases.ts';
import { createCheckoutReader, type CheckoutReader } from './io/read-checkouts.ts';
import { createInputReader, type readInput } from './io/read-input.ts';
import { readSeen } from './io/read-seen.ts';
import { readTexts } from './io/read-texts.ts';
import { createTreeReader, type TreeReader } from './io/read-tree.ts';
import { readHistory } from './lib/history.ts';
import { createMemory, createNoMemory, type Memory } from './lib/memo.ts';
import { partOf } from './lib/parts.ts';
import { referenceObject } from './lib/reference-object.ts';
import type { ChangeSet } from './model/change.ts';
import type { ClusterId, InstanceKey } from './model/context.ts';
import type { Placement } from './model/decision.ts';
import type { Checkout } from './model/checkout.ts';
import type { Outcome } from './model/diagnostic.ts';
import { type Committed, targetKey } from './model/file.ts';
import type { Handovers } from './model/handover.ts';
import type { History } from './model/history.ts';
import type { InputFiles, Intents } from './model/intents.ts';
import type { BuildCache } from './model/ports.ts';
import type { Pipeline, PipelineOptions, RunRequest, RunResult } from './model/run.ts';
import type { RepoPath, SourceFile } from './model/source.ts';
import { begunAnew } from './pipeline/begun-anew.ts';
import { findMoved } from './pipeline/find-moved.ts';
import { createFindings, type Findings } from './pipeline/findings.ts';
import { readRun, runKey, writeRun } from './pipeline/known-run.ts';
import { createAppInstances, createCloudInstances } from './pipeline/instances.ts';
import { cloudsToGo, uncommittedRemovals } from './pipeline/uncommitted-removals.ts';
import { createWanted } from './pipeline/wanted.ts';
import { contextsOf, owner } from './pipeline/owners.ts';
import { type Asked, settle } from './pipeline/settle.ts';
import { createTrees, ofTarget, type Trees } from './pipeline/targets.ts';
import { providers } from './providers/registry.ts';

/**
 * The steps in their order. Only this file knows it; only reading (here) and writing (publish) touch the disk. A pipeline that is run again
 * remembers what it made of what: the result is that of a fresh one, sooner.
 */
export function createPipeline({ kustomizer, cache, treeIndex, treeWatch, progress, isOnce = false, program }: PipelineOptions): Pipeline {
  const renderers = new Map<RunRequest['binding'], Renderer>();
  const rendererFor = (binding: RunRequest['binding']): Renderer => {
    const known = renderers.get(binding);
    if (known) return known;
    const made = createRenderer({ kustomizer, binding, ...(cache && { cache }), ...(progress && { progress }) });
    renderers.set(binding, made);
    return made;
  };
  const memory = isOnce ? createNoMemory() : createMemory();
  const readers = {
    readInput: createInputReader(),
    tree: createTreeReader({ index: treeIndex, watch: treeWatch }),
    readCheckouts: createCheckoutReader(treeIndex),
  };
  const known = cache && program !== undefined ? { cache, program, engine: kustomizer.version } : undefined;
  const steps = { ...createSteps(memory), ...readers, known };
  return {
    async run(request) {
      const result = await run(request, { ...steps, renderer: rendererFor(request.binding) });
      // What an error took away is likely to come back.
      if (result.elsewhere === 0 && !result.diagnostics.some(({ severity }) => severity === 'error')) memory.sweep();
      return result;
    },
    close: () => kustomizer.close(),
  };
}

function createSteps(memory: Memory) {
  return {
    load: createLoader(memory),
    validate: createValidator(memory),
    place: createPlacer(memory),
    bind: createBinder(memory),
    cloudInstances: createCloudInstances(memory),
    appInstances: createAppInstances(memory),
    historyOf: createHistoryReader(memory),
    treesOf: createTrees(memory),
    wantedBy: createWanted(memory),
    committedInstances: createCommittedInstances(memory, owner),
    unwanted: createUnwanted(memory),
    gate: createGate(memory),
    layout: createLayouter(memory),
    plan: createPlanner(memory),
  };
}

interface Steps extends ReturnType<typeof createSteps> {
  readonly renderer: Renderer;
  readonly readInput: typeof readInput;
  readonly tree: TreeReader;
  readonly readCheckouts: CheckoutReader;
  /** Where runs that had nothing to change are kept. */
  readonly known: { readonly cache: BuildCache; readonly program: string; readonly engine: string } | undefined;
}

/** Reads, and works out what follows; what followed of the very same inputs before, and changed nothing, need not be worked out again. */
async function run(request: RunRequest, steps: Steps): Promise<RunResult> {
  const found = createFindings();
  begin('read');
  const { root, checkouts: given = [] } = request;
  const [input, tree, told] = await Promise.all([steps.readInput(root), steps.tree.read(root), readTold(request)]);
  const seen = found.take(told);
  const files = found.take(request.proposed ? propose(input, request.proposed) : input);
  const committed = found.take(tree);
  const checkouts = found.take(await steps.readCheckouts(root, given));
  const { known } = steps;
  if (!known || found.count() > 0 || request.only !== undefined || request.proposed)
    return workOut(request, { files, committed, checkouts, seen, found, steps });
  const key = runKey(request, { files, committed, checkouts, seen, ...known });
  const before = await known.cache.read(key);
  if (before !== undefined) return readRun(before);
  const result = await workOut(request, { files, committed, checkouts, seen, found, steps });
  const text = writeRun(result);
  if (text !== undefined) await known.cache.write(key, text);
  return result;
}

async function readTold({ root, seen }: RunRequest): Promise<Outcome<SourceFile | undefined>> {
  return seen === undefined ? { value: undefined, diagnostics: [] } : readSeen(root, seen);
}

interface Read {
  readonly files: InputFiles;
  /** The tree of the repository with the intents. */
  readonly committed: Committed;
  readonly checkouts: readonly Checkout[];
  readonly seen: SourceFile | undefined;
  readonly found: Findings;
  readonly steps: Steps;
}

async function workOut(request: RunRequest, { files, committed: here, checkouts, seen: told, found, steps }: Read): Promise<RunResult> {
  const { load, validate, place, bind, renderer } = steps;
  const history = steps.historyOf(here);
  begin('load');
  const loaded = found.take(load(files));
  begin('validate');
  const intents = found.take(validate(loaded));
  const trees = found.take(steps.treesOf({ intents, here, checkouts, request, isSure: !found.reachRun() }));
  const { committed, away } = trees;
  const seen = told && found.take(checkSeen(found.take(loadSeen(told)), intents));
  const scope =
    request.only === undefined
      ? undefined
      : found.take(resolveScope(request.only, { intents, committed, history, diagnostics: found.all() }));
  // Nothing is rendered for a name that was mistyped.
  if (request.only !== undefined && !scope) return nothingOf(found);
  begin('place');
  const placements = found.take(place(intents));
  begin('bind');
  const instances = found.take(bind(placements, intents, compose));
  const clouds = steps.cloudInstances(intents);
  const stamped = [...clouds, ...(await steps.appInstances(instances, { intents, placements, renderer, found }))];
  if (!found.reachRun()) found.add(goneClusters(intents.clusters, committed));

  const wanted = steps.wantedBy(clouds, placements);
  const standing = steps.committedInstances(committed);
  const isolate = request.isolate || scope !== undefined;
  const rootOf = (cluster: string): string => trees.roots.get(targetKey(trees.targetOf(cluster))) ?? request.root;
  // Of clusters that are wrongly described nothing follows.
  const described = found.reachRun() ? [] : intents.clusters.filter(({ id }) => !away.has(id));
  const switches = agentSwitches(described, { tree: committed, providers, ownerOf: owner });
  const read = (paths: readonly RepoPath[]) => readTexts((path) => rootOf(partOf(path)), paths);
  found.add(await begunAnew(described, { tree: committed, read }));
  const texts = await read(switches.flatMap(({ references }) => references.map(({ path }) => path)));
  const passing = found.take(handovers(switches, { providers, wanted: wanted.instances, texts, seen, scope }));
  const going = cloudsToGo({ wanted: wanted.instances, committed: standing });
  const uncommitted = await uncommittedRemovals(going, { committed: standing, rootOf });
  const asked = {
    intents,
    wanted: wanted.instances,
    committed: standing,
    uncommitted,
    isolate,
    scope,
    history,
    away,
    passing: passing.held,
    seen,
  };
  if (!found.hasErrors()) found.add(allDeploymentsGone(asked));
  const { references, unattended } = steps.unwanted(asked, committed);
  const left = await readLeft(references, { rootOf, passing });
  const changeSet = found.reachRun() ? undefined : settle(asked, { placements, stamped, trees, passing, left, unattended, found, steps });
  const stands = { tree: committed, ownerOf: owner, instances: standing };
  found.add(await findMoved(changeSet, { clusters: described, providers, ...stands, passing, seen, read }));
  return conclude(request, { asked, intents, files, placements, trees, passing, left, changeSet, found, instances: wanted.count });
}

interface Settled {
  readonly asked: Asked;
  readonly intents: Intents;
  readonly files: InputFiles;
  readonly placements: readonly Placement[];
  readonly trees: Trees;
  readonly passing: Handovers;
  readonly left: ReadonlySet<InstanceKey>;
  readonly changeSet: ChangeSet | undefined;
  readonly found: Findings;
  readonly instances: number;
}

/** What of a plan may be written, what it takes away, and what is to be said. */
function conclude(request: RunRequest, { asked, intents, files, ...rest }: Settled): RunResult {
  const { placements, trees, passing, left, changeSet, found, instances } = rest;
  const { scope, history } = asked;
  const concerns = concernOf(asked);
  // It is the whole fleet's.
  const sops = scope || found.reachRun() ? undefined : found.take(sopsFile({ intents, placements, there: files.sops?.[0] }));
  const mayWrite = !found.reachRun() && (request.isolate || !found.hasErrors(concerns));
  const planned = mayWrite && changeSet ? withChange(changeSet, sops) : undefined;
  const naming = { contexts: contextsOf(intents), history };
  const reasonsFor = createReasonFinder(placements, naming.contexts);
  const removals = planned ? removalsOf(planned, { ...naming, left, reasonsFor, committed: trees.committed, ownerOf: owner }) : [];
  found.add(goneContexts(removals));
  const diagnostics = found.shown(concerns).map((finding) => ofTarget(finding, trees));
  const held = planned ? heldApps(planned, naming) : [];
  const elsewhere = found.shown().length - diagnostics.length;
  return {
    diagnostics,
    elsewhere,
    changeSet: planned,
    removals,
    held,
    handovers: passing.clusters,
    instances,
    roots: trees.roots,
  };
}

/** A run that ended before it came to a plan. */
function nothingOf(found: Findings): RunResult {
  return {
    diagnostics: found.shown(),
    elsewhere: 0,
    changeSet: undefined,
    removals: [],
    held: [],
    handovers: [],
    instances: 0,
    roots: new Map(),
  };
}

/** The instances whose agent was told to leave their objects on the cluster. */
async function readLeft(
  references: ReadonlyMap<RepoPath, InstanceKey>,
  { rootOf, passing }: { readonly rootOf: (cluster: string) => string; readonly passing: Handovers },
): Promise<ReadonlySet<InstanceKey>> {
  const texts = await readTexts((path) => rootOf(partOf(path)), [...references.keys()]);
  const isLeft = (path: RepoPath): boolean => {
    if (passing.abandoned.has(partOf(path) as ClusterId)) return true;
    const reference = referenceObject(texts.get(path) ?? '');
    return reference !== undefined && Object.values(providers).some((provider) => provider.leavesObjects(reference));
  };
  return leftInstances(references, isLeft);
}

/** Where the references stand of committed instances that nobody wants any more. */
function createUnwanted(memory: Memory): (asked: Asked, committed: Committed) => UnwantedReferences {
  const found = memory.memo<'all', UnwantedReferences>();
  return (asked, tree) =>
    found.get('all', [asked.wanted, asked.committed, tree], () => unwantedReferences(asked, { tree, ownerOf: owner }));
}

/** What the tree tells of the past, read anew when the tree changed. */
function createHistoryReader(memory: Memory): typeof readHistory {
  const histories = memory.memo<'all', History>();
  return (committed) => histories.get('all', [committed], () => readHistory(committed));
}
