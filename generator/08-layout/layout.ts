import { createMemory, type Memory } from '../lib/memo.ts';
import { sortBy } from '../lib/order.ts';
import { partsOf } from '../lib/parts.ts';
import { type ClusterId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Gated } from '../model/change.ts';
import type { Decision, Placement } from '../model/decision.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import { type Committed, type GeneratedFile, HERE, type Target } from '../model/file.ts';
import type { Handovers } from '../model/handover.ts';
import type { History } from '../model/history.ts';
import type { Intents, KnownCluster } from '../model/intents.ts';
import type { Providers } from '../model/provider.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Seen } from '../model/seen.ts';
import { checkAdmins } from './check-admins.ts';
import { checkReserved, checkShared, reservedIn } from './check-clouds.ts';
import { checked, createClusterLayout } from './cluster-layout.ts';
import { decisionFile } from './decision-file.ts';
import { createDirectory, type Directory } from './directory.ts';
import { droppedNamespaces } from './dropped-namespaces.ts';
import { identityChanges } from './identity-change.ts';
import { levelChanges } from './level-changes.ts';
import type { Member } from './member.ts';
import { namespaceMoves } from './namespace-moves.ts';
import { createConflictSearch, groupByCluster } from './object-conflicts.ts';
import { passedNamespaces } from './passed-namespaces.ts';
import { createService, type ServedCluster } from './provider-clusters.ts';
import { createStanding } from './standing.ts';
import { checkSync } from './sync.ts';
import { takenObjects } from './taken-objects.ts';
import { createWishes, type Wishes } from './wishes.ts';

export interface LayoutRequest {
  readonly intents: Intents;
  readonly placements: readonly Placement[];
  /** Those to be recorded. */
  readonly decisions: readonly Decision[];
  /** All instances that are wanted, those of logical clouds included. */
  readonly instances: readonly StampedInstance[];
  /** One verdict for each instance. Only what says `write` is laid out; what is kept stays as committed. */
  readonly gates: ReadonlyMap<InstanceKey, Gated>;
  readonly providers: Providers;
  /** Clusters whose trees are not at hand: nothing is laid out for them. */
  readonly away?: ReadonlySet<ClusterId>;
  /** What was seen on clusters. */
  readonly seen?: Seen | undefined;
  /** Which paths of a cluster are those of agents that it has no more. */
  readonly old?: Handovers['old'];
  /** Where a cluster's tree is written. Default: here. */
  readonly targetOf?: (cluster: ClusterId) => Target;
  readonly committed: Committed;
  /** All instances that have files in the committed tree. */
  readonly standing: readonly InstanceRef[];
  /** All instances that are wanted, whether or not they could be rendered. */
  readonly wanted: readonly InstanceRef[];
  /** What the committed tree tells of the past. */
  readonly history: History;
  /** Committed instances whose agent was told to leave their objects when they go. */
  readonly left: ReadonlySet<InstanceKey>;
  /** Committed instances that no agent looks after. */
  readonly unattended: ReadonlySet<InstanceKey>;
}

/** Lays everything out in files, sorted by path: what each agent reads first, a folder and a reference for each instance, the decisions. */
export function layout(request: LayoutRequest): Outcome<readonly GeneratedFile[]> {
  const { parts, diagnostics } = createLayouter(createMemory())(request);
  const outcomes = [...parts.values()].map((lay) => lay());
  return {
    value: sortBy(
      outcomes.flatMap(({ value }) => value),
      ({ path }) => path,
    ),
    diagnostics: once([...diagnostics, ...outcomes.flatMap((outcome) => outcome.diagnostics)]),
  };
}

/** Gives the files of one folder of `clusters/`, sorted by path; the same list again as long as nothing changes for it. */
type LayPart = () => Outcome<readonly GeneratedFile[]>;

/** What is found in the whole, and how to lay out each folder of `clusters/`, so that a large fleet's files are never all there at once. */
export interface Laid {
  readonly parts: ReadonlyMap<string, LayPart>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays out again and again; a cluster for which nothing changed has the same list of files as before. */
export function createLayouter(memory: Memory): (request: LayoutRequest) => Laid {
  const serve = createService(memory);
  const wishes = createWishes(memory);
  const layCluster = createClusterLayout(memory);
  const decided = memory.memo<string, GeneratedFile>();
  const findConflicts = createConflictSearch(memory);
  const verdicts = memory.memo<StampedInstance, boolean>();
  const standingIn = createStanding(memory);
  return (request) => {
    const { intents, instances, decisions, providers, away, targetOf } = request;
    const served = serve(request);
    const isStanding = standingIn(request.standing);
    const directory = createDirectory(request.placements, { clouds: intents.clouds, isStanding, gates: request.gates });
    const written = instances.filter((stamped) => {
      const { cluster } = find(served, stamped.instance.cluster).at;
      return verdicts.get(stamped, [request.gates, cluster], () => isWritten(request.gates, stamped, cluster));
    });
    const there = partsOf(request.committed);
    const newcomers = written.filter(({ instance }) => !isStanding(instance));
    const neighbours = groupByCluster(written);
    const parts = new Map<string, LayPart>();
    for (const [id, { type, at }] of served) {
      if (away?.has(id) === true) continue;
      const target = targetOf?.(id) ?? HERE;
      parts.set(id, () => {
        const members = (neighbours.get(id) ?? []).map((stamped): Member => memberOf(stamped, { directory, wishes }));
        return layCluster({ at, provider: providers[type], members, target, committed: there.get(id) });
      });
    }
    if (decisions.length > 0) parts.set('decisions', () => ({ value: layDecisions(decisions), diagnostics: [] }));
    return {
      parts,
      diagnostics: once([
        ...checkSync(intents, providers),
        ...checkClusters(served, providers),
        ...checkReserved(intents.clouds, providers),
        ...checkShared(instances, directory),
        ...checkAdmins({ instances, directory, isReserved: reservedIn(providers) }),
        ...findConflicts(instances, directory),
        ...identityChanges({ ...request, newcomers, directory }),
        ...takenObjects({ newcomers, directory, providers, seen: request.seen }),
        ...namespaceMoves({ ...request, instances: written, directory, isStanding }),
        ...levelChanges({ ...request, instances: written, directory, isStanding }),
        ...droppedNamespaces({ ...request, instances: written, directory }),
        ...passedNamespaces({ ...request, instances: written, directory, isStanding }),
      ]),
    };
  };

  function layDecisions(decisions: readonly Decision[]): readonly GeneratedFile[] {
    const files = decisions.map((decision) =>
      decided.get(`${decision.deployment.namespace}.${decision.deployment.name}/${decision.app}`, [decision], () => decisionFile(decision)),
    );
    return checked(files, undefined);
  }
}

type Served = ReadonlyMap<ClusterId, ServedCluster>;

/** A removed cluster keeps what its agent needs to prune, and nothing else. */
function isWritten(gates: LayoutRequest['gates'], { instance }: StampedInstance, cluster: KnownCluster): boolean {
  const key = instanceKey(instance);
  const gated = gates.get(key);
  if (!gated) throw new Error(`No verdict on instance ${key}`);
  return gated.do === 'write' && cluster.value.spec.state !== 'Removed';
}

function memberOf(stamped: StampedInstance, { directory, wishes }: { readonly directory: Directory; readonly wishes: Wishes }): Member {
  const origin = directory(stamped.instance);
  const dependsOn = origin.kind === 'app' ? origin.dependencies(stamped.instance.cluster).join() : '';
  return { stamped, origin, wish: wishes(origin), dependsOn };
}

function checkClusters(served: Served, providers: Providers): readonly Diagnostic[] {
  const clusters = [...served.values()];
  return Object.values(providers).flatMap((provider) =>
    provider.check(clusters.filter(({ type }) => type === provider.type).map(({ at }) => at)),
  );
}

function find(served: Served, cluster: ClusterId): ServedCluster {
  const found = served.get(cluster);
  if (!found) throw new Error(`An unknown cluster: ${cluster}`);
  return found;
}

/** Apps of one deployment share what the deployment asks for: said once for each reach. */
function once(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(
    diagnostics.map((diagnostic) => [
      JSON.stringify([diagnostic.code, diagnostic.message, diagnostic.source, diagnostic.reach]),
      diagnostic,
    ]),
  );
  return [...seen.values()];
}
