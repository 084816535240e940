import { sortBy } from '../lib/order.ts';
import { type ClusterId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Gated } from '../model/change.ts';
import type { Decision, Placement } from '../model/decision.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Committed, GeneratedFile } from '../model/file.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';
import type { Providers } from '../model/provider.ts';
import type { StampedInstance } from '../model/render.ts';
import { checkReserved, checkShared } from './check-clouds.ts';
import { checkFiles } from './check-files.ts';
import { decisionFile } from './decision-file.ts';
import { createDirectory, type Directory } from './directory.ts';
import { identityChanges } from './identity-change.ts';
import { createFolderLayout, type FolderLayout } from './instance-files.ts';
import { namespaceMoves } from './namespace-moves.ts';
import { objectConflicts } from './object-conflicts.ts';
import { serveClusters, type ServedCluster } from './provider-clusters.ts';
import { referenceRequest } from './reference-request.ts';

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
  readonly committed: Committed;
  /** All instances that are wanted, whether or not they could be rendered. */
  readonly wanted: readonly InstanceRef[];
  /** What the committed tree tells of the past. */
  readonly history: History;
  /** Committed instances whose agent was told to leave their objects when they go. */
  readonly left: ReadonlySet<InstanceKey>;
}

/** Lays everything out in files, sorted by path: what each agent reads first, a folder and a reference for each instance, the decisions. */
export function layout(request: LayoutRequest): Outcome<readonly GeneratedFile[]> {
  const { intents, instances, decisions, providers, committed } = request;
  const served = serveClusters(intents, committed);
  const directory = createDirectory(request.placements, { clouds: intents.clouds, committed, gates: request.gates });
  const written = instances.filter(({ instance }) => isWritten(request, served, instanceKey(instance), instance.cluster));
  const folderOf = createFolderLayout();
  const outcomes = written.map((stamped) => layInstance(stamped, { served, directory, providers, folderOf }));
  const bootstraps = [...served.values()].flatMap(({ type, at }) => providers[type].bootstrap(at));
  const files = [...bootstraps, ...outcomes.flatMap(({ value }) => value), ...decisions.map(decisionFile)];
  checkFiles(files, (cluster) => providers[find(served, cluster).type]);
  return {
    value: sortBy(files, ({ path }) => path),
    diagnostics: once([
      ...checkClusters(served, providers),
      ...checkReserved(intents.clouds, providers),
      ...checkShared(instances, directory),
      ...objectConflicts(instances, directory),
      ...identityChanges({ ...request, instances: written, directory }),
      ...namespaceMoves({ ...request, instances: written, directory }),
      ...outcomes.flatMap(({ diagnostics }) => diagnostics),
    ]),
  };
}

type Served = ReadonlyMap<ClusterId, ServedCluster>;

/** A removed cluster keeps what its agent needs to prune, and nothing else. */
function isWritten({ gates }: LayoutRequest, served: Served, key: InstanceKey, cluster: ClusterId): boolean {
  const gated = gates.get(key);
  if (!gated) throw new Error(`No verdict on instance ${key}`);
  return gated.do === 'write' && find(served, cluster).at.cluster.value.spec.state !== 'Removed';
}

interface Surroundings {
  readonly served: Served;
  readonly directory: Directory;
  readonly providers: Providers;
  readonly folderOf: FolderLayout;
}

function layInstance(
  stamped: StampedInstance,
  { served, directory, providers, folderOf }: Surroundings,
): Outcome<readonly GeneratedFile[]> {
  const { type, at } = find(served, stamped.instance.cluster);
  const origin = directory(stamped.instance);
  const reference = providers[type].reference(at, referenceRequest(stamped, origin, at.cluster));
  return { value: [...folderOf(stamped), ...reference.value], diagnostics: reference.diagnostics };
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

/** Apps of one deployment share what the deployment asks for: said once. */
function once(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(
    diagnostics.map((diagnostic) => [JSON.stringify([diagnostic.code, diagnostic.message, diagnostic.source]), diagnostic]),
  );
  return [...seen.values()];
}
