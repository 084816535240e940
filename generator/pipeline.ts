import { createLoader } from './01-load/load.ts';
import { propose } from './01-load/propose.ts';
import { createValidator } from './02-validate/validate.ts';
import { compose } from './03-compose/compose.ts';
import { cloudMembers } from './04-place/cloud-members.ts';
import { createFleet } from './04-place/fleet.ts';
import { createPlacer } from './04-place/place.ts';
import { createBinder } from './05-bind/bind.ts';
import { renderChart } from './06-render/render-charts.ts';
import { createRenderer, type Renderer } from './06-render/render.ts';
import { stampCloud } from './06-render/stamp-cloud.ts';
import { stamp } from './06-render/stamp.ts';
import { allDeploymentsGone } from './07-gate/all-deployments-gone.ts';
import { concernOf } from './07-gate/concerns.ts';
import { committedInstances } from './07-gate/committed-instances.ts';
import { gateDecisions } from './07-gate/gate-decisions.ts';
import { gate, type GateRequest } from './07-gate/gate.ts';
import { goneClusters } from './07-gate/gone-clusters.ts';
import { resolveScope } from './07-gate/resolve-scope.ts';
import { unwantedReferences } from './07-gate/unwanted-references.ts';
import { layout } from './08-layout/layout.ts';
import { ownerOf } from './08-layout/owner-of.ts';
import { goneContexts } from './09-plan/gone-contexts.ts';
import { heldApps } from './09-plan/held-apps.ts';
import { plan } from './09-plan/plan.ts';
import { removalsOf } from './09-plan/removals.ts';
import { begin } from './io/phases.ts';
import { readInput } from './io/read-input.ts';
import { readTexts } from './io/read-texts.ts';
import { readTree } from './io/read-tree.ts';
import { readHistory } from './lib/history.ts';
import { createMemory, type Memory } from './lib/memo.ts';
import type { ChangeSet } from './model/change.ts';
import type { Context, ContextId, InstanceKey } from './model/context.ts';
import type { Placement } from './model/decision.ts';
import type { Diagnostic, Outcome } from './model/diagnostic.ts';
import type { Committed, Owner } from './model/file.ts';
import type { History } from './model/history.ts';
import type { Intents } from './model/intents.ts';
import type { TreeIndex } from './model/ports.ts';
import { providerType } from './model/provider.ts';
import { type Instance, isChartJob, type StampedInstance } from './model/render.ts';
import type { Pipeline, PipelineOptions, RunRequest, RunResult } from './model/run.ts';
import type { RepoPath } from './model/source.ts';
import { providers } from './providers/registry.ts';

/**
 * The steps in their order. Only this file knows it; only reading (here) and writing (publish) touch the disk. A pipeline that is run again
 * remembers what it made of what: the result is that of a fresh one, sooner.
 */
export function createPipeline({ kustomizer, cache, treeIndex, progress }: PipelineOptions): Pipeline {
  const renderers = new Map<RunRequest['binding'], Renderer>();
  const rendererFor = (binding: RunRequest['binding']): Renderer => {
    const known = renderers.get(binding);
    if (known) return known;
    const made = createRenderer({ kustomizer, binding, ...(cache && { cache }), ...(progress && { progress }) });
    renderers.set(binding, made);
    return made;
  };
  const memory = createMemory();
  const steps = createSteps(memory);
  return {
    async run(request) {
      const result = await run(request, { ...steps, treeIndex, renderer: rendererFor(request.binding) });
      // What an error took away is likely to come back.
      if (result.elsewhere === 0 && !result.diagnostics.some(({ severity }) => severity === 'error')) memory.sweep();
      return result;
    },
    close: () => kustomizer.close(),
  };
}

function createSteps(memory: Memory) {
  return { load: createLoader(memory), validate: createValidator(memory), place: createPlacer(memory), bind: createBinder(memory) };
}

interface Steps extends ReturnType<typeof createSteps> {
  readonly renderer: Renderer;
  readonly treeIndex: TreeIndex | undefined;
}

async function run(request: RunRequest, { load, validate, place, bind, renderer, treeIndex }: Steps): Promise<RunResult> {
  const found = createFindings();
  begin('read');
  const [input, tree] = await Promise.all([readInput(request.root), readTree(request.root, treeIndex)]);
  const files = found.take(request.proposed ? propose(input, request.proposed) : input);
  const committed = found.take(tree);
  const history = readHistory(committed);
  begin('load');
  const loaded = found.take(load(files));
  begin('validate');
  const intents = found.take(validate(loaded));
  begin('place');
  const placements = found.take(place(intents));
  begin('bind');
  const instances = found.take(bind(placements, intents.templates, compose));
  const scope =
    request.only === undefined
      ? undefined
      : found.take(resolveScope(request.only, { intents, committed, history, diagnostics: found.all() }));
  const stamped = [...cloudInstances(intents), ...(await renderInstances(instances, { intents, placements, renderer, found }))];
  if (!found.reachRun()) found.add(goneClusters(intents.clusters, committed));

  const wanted = [...stamped.map(({ instance }) => instance), ...wantedBy(placements)];
  const asked = {
    intents,
    wanted,
    committed: committedInstances(committed, owner),
    isolate: request.isolate || scope !== undefined,
    scope,
    history,
  };
  if (!found.hasErrors()) found.add(allDeploymentsGone(asked));
  const left = await readLeft(request.root, unwantedReferences(asked, { tree: committed, ownerOf: owner }));
  const changeSet = found.reachRun() ? undefined : settle(asked, { placements, stamped, committed, left, found });
  const concerns = concernOf(asked);
  const mayWrite = !found.reachRun() && (request.isolate || !found.hasErrors(concerns));
  const planned = mayWrite ? changeSet : undefined;
  const naming = { contexts: contextsOf(intents), history };
  const removals = planned ? removalsOf(planned, { ...naming, left }) : [];
  found.add(goneContexts(removals));
  const count = new Set(wanted.map(({ cluster, context, app }) => `${cluster}/${context}/${app}`)).size;
  const shown = found.shown();
  const diagnostics = shown.filter(concerns);
  const held = planned ? heldApps(planned, naming) : [];
  return { diagnostics, elsewhere: shown.length - diagnostics.length, changeSet: planned, removals, held, instances: count };
}

type Asked = Omit<GateRequest, 'diagnostics'> & { readonly history: History };

interface Gathered {
  readonly placements: readonly Placement[];
  readonly stamped: readonly StampedInstance[];
  readonly committed: Committed;
  readonly left: ReadonlySet<InstanceKey>;
  readonly found: Findings;
}

/** The instances whose agent was told to leave their objects on the cluster. */
async function readLeft(root: string, references: ReadonlyMap<RepoPath, InstanceKey>): Promise<ReadonlySet<InstanceKey>> {
  const texts = await readTexts(root, [...references.keys()]);
  const isLeft = (text: string): boolean => Object.values(providers).some((provider) => provider.leavesObjects(text));
  return new Set([...references].filter(([path]) => isLeft(texts.get(path) ?? '')).map(([, key]) => key));
}

/** Gate, layout and plan. An error found by layout or plan holds more instances, so the three are asked again until nothing new is found. */
function settle(asked: Asked, { placements, stamped, committed, left, found }: Gathered): ChangeSet {
  for (;;) {
    const before = found.count();
    begin('gate');
    const gateRequest = { ...asked, diagnostics: found.all() };
    const gates = gate(gateRequest);
    const isKept = gateDecisions(gateRequest);
    const { intents, scope, wanted, history } = asked;
    const decisions = placements.map(({ decision }) => decision);
    begin('layout');
    const laid = layout({
      intents: intents as Intents,
      placements,
      decisions,
      instances: stamped,
      gates,
      providers,
      committed,
      wanted,
      history,
      left,
    });
    const desired = found.take(laid);
    begin('plan');
    const planned = plan({
      desired,
      committed,
      gates,
      ownerOf: owner,
      clusters: new Set(intents.clusters.map(({ id }) => id)),
      contexts: contextsOf(intents),
      keepsDecision: isKept,
      scope,
    });
    const changeSet = found.take(planned);
    if (found.count() === before || !asked.isolate || found.reachRun()) return changeSet;
  }
}

/** The contexts that documents speak of. */
function contextsOf({ deployments, clouds }: Pick<Intents, 'deployments' | 'clouds'>): ReadonlyMap<ContextId, Context> {
  return new Map([...deployments, ...clouds].map(({ context }) => [context.id, context]));
}

function owner(path: RepoPath): Owner | undefined {
  return ownerOf(path, providers);
}

/** Every logical cloud on each active cluster that it spans. */
function cloudInstances({ clouds, clusters }: Intents): readonly StampedInstance[] {
  const active = createFleet(clusters.filter(({ value }) => value.spec.state !== 'Removed'));
  return clouds.flatMap((cloud) => {
    const members = cloudMembers(cloud, active);
    return active.clusters
      .filter(({ id }) => members === 'all' || members.has(id))
      .map(({ id, value }) => stampCloud(cloud, id, providers[providerType(value)].cloudObjects(cloud)));
  });
}

interface Rendering {
  readonly intents: Intents;
  readonly placements: readonly Placement[];
  readonly renderer: Renderer;
  readonly found: Findings;
}

/** What could be rendered, stamped. An instance that could not is missing here, and an error says why. */
async function renderInstances(instances: readonly Instance[], rendering: Rendering): Promise<readonly StampedInstance[]> {
  const { intents, placements, renderer, found } = rendering;
  begin('render');
  const jobs = instances.flatMap(({ job, ...rest }) => (isChartJob(job) ? [] : [{ ...rest, job }]));
  const rendered = found.take(await renderer.render(jobs, intents.templates));
  begin('stamp');
  const tenancies = new Map(placements.map((placement) => [placement.deployment.context.id, placement]));
  const clusters = new Map(intents.clusters.map((cluster) => [cluster.id, cluster]));
  return instances.flatMap((instance) => {
    const tenancy = tenancies.get(instance.context);
    const cluster = clusters.get(instance.cluster);
    if (!tenancy || !cluster) return [];
    const { job } = instance;
    const objects = isChartJob(job)
      ? found.take(renderChart({ ...instance, job }, { ...tenancy, cluster, provider: providers[providerType(cluster.value)] }))
      : rendered.get(job.key);
    return objects ? [found.take(stamp(instance, objects, tenancy.cloud))] : [];
  });
}

/** All instances that placement asks for, whether or not they could be rendered. */
function wantedBy(placements: readonly Placement[]): GateRequest['wanted'] {
  return placements.flatMap(({ deployment, app, clusters }) =>
    clusters.map(({ id }) => ({ cluster: id, context: deployment.context.id, app: app.value.name })),
  );
}

interface Findings {
  /** Keeps an outcome's findings, and gives its value. */
  take<T>(outcome: Outcome<T>): T;
  add(diagnostics: readonly Diagnostic[]): void;
  /** Each once for every reach that it has. */
  all(): readonly Diagnostic[];
  /** Each once. */
  shown(): readonly Diagnostic[];
  count(): number;
  hasErrors(which?: (error: Diagnostic) => boolean): boolean;
  /** Whether an error concerns what all share, so that nothing may be written. */
  reachRun(): boolean;
}

function createFindings(): Findings {
  const found = new Map<string, Diagnostic>();
  const add = (diagnostics: readonly Diagnostic[]): void => {
    for (const diagnostic of diagnostics)
      found.set(JSON.stringify([diagnostic.code, diagnostic.message, diagnostic.source, diagnostic.reach]), diagnostic);
  };
  const errors = (): readonly Diagnostic[] => [...found.values()].filter(({ severity }) => severity === 'error');
  return {
    take: ({ value, diagnostics }) => {
      add(diagnostics);
      return value;
    },
    add,
    all: () => [...found.values()],
    shown: () => [...new Map([...found.values()].map((each) => [JSON.stringify([each.code, each.message, each.source]), each])).values()],
    count: () => found.size,
    hasErrors: (which = () => true) => errors().some(which),
    reachRun: () => errors().some(({ reach }) => reach.kind === 'run'),
  };
}
