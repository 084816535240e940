import { diagnose } from '../diagnostics/diagnose.ts';
import { groupBy, type Some } from '../lib/group-by.ts';
import { ownFiles, readInstancePath } from '../lib/instance-path.ts';
import { objectTitles } from '../lib/object-title.ts';
import { partsOf } from '../lib/parts.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import type { Change, ChangeSet } from '../model/change.ts';
import { type ClusterId, type ContextId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Committed } from '../model/file.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';
import { type Providers, providerType } from '../model/provider.ts';

export interface PassingRequest {
  readonly clusters: readonly KnownCluster[];
  readonly providers: Providers;
  readonly placements: readonly Placement[];
  readonly committed: Committed;
  /** All instances that have files in the committed tree, and all that are wanted. */
  readonly standing: readonly InstanceRef[];
  readonly wanted: readonly InstanceRef[];
  /** In which Kubernetes namespace the committed objects of an instance are. */
  readonly pastNamespace: (instance: InstanceRef) => string | undefined;
  /** Committed instances whose agent was told to leave their objects. */
  readonly left: ReadonlySet<InstanceKey>;
}

interface Passing {
  readonly from: InstanceRef;
  readonly to: InstanceRef;
  readonly change: Change;
}

/**
 * Refuses objects that go from one app's folder into another's on a cluster: each app has a reference of its own, so that one agent would delete what
 * the other applies. Told once for each pair of apps. Whole apps that pass are found before anything is laid out.
 */
export function passedObjects(changeSet: ChangeSet, request: PassingRequest): readonly Diagnostic[] {
  const { clusters, placements, standing, wanted, pastNamespace, left } = request;
  const moving = passings(changeSet);
  if (moving.length === 0) return [];
  const known = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const placed = new Map(placements.map((one) => [`${one.deployment.context.id}/${one.app.value.name}`, one]));
  const hasOwnReferences = createReferenceCheck(request);
  const isStanding = new Set(standing.map(instanceKey));
  const isWanted = new Set(wanted.map(instanceKey));
  const found = moving.flatMap((passing) => {
    const { from, to } = passing;
    const placement = placed.get(`${to.context}/${to.app}`);
    const cluster = known.get(to.cluster);
    if (!placement || !cluster || left.has(instanceKey(from)) || !hasOwnReferences(cluster, passing)) return [];
    // What a new app takes over from one that goes is told by layout.
    if (!isStanding.has(instanceKey(to)) && !isWanted.has(instanceKey(from))) return [];
    const was = pastNamespace(from);
    // Files are named without the cloud's namespace: in another one they are other objects.
    return was === undefined || was === placement.cloud.namespace ? [{ ...passing, placement }] : [];
  });
  const pairs = groupBy(found, ({ from, to }) => `${from.context}/${from.app} ${to.context}/${to.app}`);
  return [...pairs.values()].map((pair) => tell(pair, placed));
}

/** Each folder has one. */
const INDEX = 'kustomization.yaml';

/** Files of one name that leave one instance and come to another on the same cluster. */
function passings({ changes }: ChangeSet): readonly Passing[] {
  const leaving = new Map<string, InstanceRef>();
  const coming: { readonly key: string; readonly to: InstanceRef; readonly change: Change }[] = [];
  for (const change of changes) {
    if (change.owner.kind !== 'instance' || (change.before !== undefined && change.after !== undefined)) continue;
    const place = readInstancePath(change.path);
    if (!place || place.file === INDEX) continue;
    const key = `${place.instance.cluster}/${place.file}`;
    if (change.after) coming.push({ key, to: place.instance, change });
    else leaving.set(key, place.instance);
  }
  return coming.flatMap(({ key, to, change }) => {
    const from = leaving.get(key);
    return from && instanceKey(from) !== instanceKey(to) ? [{ from, to, change }] : [];
  });
}

/** Not where one agent's one list holds both: there an object does not leave. */
function createReferenceCheck({
  providers,
  committed,
}: Pick<PassingRequest, 'providers' | 'committed'>): (cluster: KnownCluster, passing: Passing) => boolean {
  const parts = partsOf(committed);
  const known = new Map<ClusterId, ReturnType<typeof ownFiles>>();
  return ({ id, value }, { from, to }) => {
    const present = known.get(id) ?? ownFiles(parts.get(id) ?? new Map());
    known.set(id, present);
    const { referencePath } = providers[providerType(value)];
    return referencePath?.(from, present) !== referencePath?.(to, present);
  };
}

type Told = Passing & { readonly placement: Placement };

function tell(pair: Some<Told>, placed: ReadonlyMap<string, Placement>): Diagnostic {
  const [{ from, to, placement }] = pair;
  const { deployment, app } = placement;
  const old = placed.get(`${from.context}/${from.app}`)?.deployment.context;
  const args = {
    app: to.app,
    was: from.app,
    of: from.context === to.context ? undefined : old ? `${old.namespace}/${old.name}` : (`context ${from.context}` as const),
    objects: objectTitles(pair.flatMap(({ change }) => objectIn(change))),
    clusters: [...new Set<ClusterId>(pair.map((one) => one.to.cluster))].sort(),
  };
  const committed: { readonly committed?: ContextId } = from.context === to.context ? {} : { committed: from.context };
  return diagnose('object-passed', args, {
    source: app.at(['name']),
    reach: { kind: 'context', context: deployment.context, ...committed },
  });
}

function objectIn({ after }: Change): readonly KubeObject[] {
  const [document] = after ? parseYaml(new TextDecoder().decode(after)).documents : [];
  return document ? [document.value as KubeObject] : [];
}
