import { diagnose } from '../diagnostics/diagnose.ts';
import { groupBy } from '../lib/group-by.ts';
import { readInstancePath } from '../lib/instance-path.ts';
import { namespaceOf } from '../lib/kube-names.ts';
import { objectTitles } from '../lib/object-title.ts';
import { headsOf } from '../lib/printed-heads.ts';
import { type ClusterId, type ContextId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Committed } from '../model/file.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';
import type { StampedInstance } from '../model/render.ts';
import { type CommittedFolder, committedFolders } from './committed-folders.ts';
import { type Directory, type Origin, reachOf, sourceOf } from './directory.ts';
import { pastNamespaces } from './past-namespace.ts';

export interface IdentityRequest {
  readonly intents: Intents;
  readonly placements: readonly Placement[];
  /** What is about to be written where nothing of it stands yet. */
  readonly newcomers: readonly StampedInstance[];
  /** Everything that is wanted, written or not. */
  readonly wanted: readonly InstanceRef[];
  readonly directory: Directory;
  readonly committed: Committed;
  readonly history: History;
  /** Committed instances whose agent was told to leave their objects, so that another may take them over. */
  readonly left: ReadonlySet<InstanceKey>;
  /** Committed instances that no agent looks after: nobody deletes their objects, but a new id would still lose track of them. */
  readonly unattended: ReadonlySet<InstanceKey>;
}

/** Objects that one app's reference would take from another's. */
interface Move {
  readonly from: InstanceRef;
  readonly to: StampedInstance;
  readonly origin: Origin;
  readonly objects: KubeObject[];
  readonly clusters: Set<ClusterId>;
}

/**
 * Finds objects that would pass from a committed instance that nobody wants any more to a new one on the same cluster: what a rename looks like,
 * of a deployment, a logical cloud or an app. The old agent would delete what the new one is about to own. Told once for each pair.
 */
export function identityChanges(request: IdentityRequest): readonly Diagnostic[] {
  const { newcomers, committed, intents } = request;
  if (newcomers.length === 0) return [];
  const known = new Set<string>([...intents.deployments, ...intents.clouds].map(({ context }) => context.id));
  const standing = new Set<string>([...committed.keys()].map((path) => contextIn(path)));
  const isRename = ({ from, to }: Pick<Move, 'from' | 'to'>): boolean => !known.has(from.context) && !standing.has(to.instance.context);
  const moves = findMoves({ ...request, isRename });
  const renames = [...groupBy(moves.filter(isRename), ({ from, to }) => `${from.context} ${to.instance.context}`).values()];
  return [
    ...renames.map((group) => reportContext(group, request)),
    ...moves.filter((move) => !isRename(move)).map((move) => reportApp(move, request)),
  ];
}

interface Finding extends IdentityRequest {
  readonly isRename: (move: Pick<Move, 'from' | 'to'>) => boolean;
}

function findMoves({ newcomers, directory, wanted, left, unattended, isRename, ...request }: Finding): readonly Move[] {
  const keys = new Set(wanted.map(instanceKey));
  const isLost = (instance: InstanceRef): boolean => !keys.has(instanceKey(instance)) && !left.has(instanceKey(instance));
  const clusters = new Set(newcomers.map(({ instance }) => instance.cluster));
  const folders = committedFolders(request.committed, { clusters, isWanted: isLost });
  const namespaceOfPast = pastNamespaces(request.history, request.intents);
  const moves = new Map<string, Move>();
  for (const to of newcomers) {
    const { instance } = to;
    const lost = folders.get(instance.cluster) ?? [];
    if (lost.length === 0) continue;
    const origin = directory(instance);
    const { namespace } = origin.cloud;
    for (const folder of lost) {
      if (unattended.has(instanceKey(folder.instance)) && !isRename({ from: folder.instance, to })) continue;
      const past = namespaceOfPast(folder.instance);
      // Files are named without the cloud's namespace: in another one they are other objects.
      const isSame = (object: KubeObject): boolean => past === undefined || past === namespace || namespaceOf(object) !== namespace;
      const shared = sharedObjects(to, folder).filter(isSame);
      if (shared.length === 0) continue;
      const { context, app } = folder.instance;
      const key = `${context}/${app} ${instance.context}/${instance.app}`;
      const move = moves.get(key) ?? { from: folder.instance, to, origin, objects: [], clusters: new Set<ClusterId>() };
      moves.set(key, move);
      move.objects.push(...shared);
      move.clusters.add(instance.cluster);
    }
  }
  return [...moves.values()];
}

/** Whole objects are made only where files have the same names. */
function sharedObjects(to: StampedInstance, { files }: CommittedFolder): readonly KubeObject[] {
  const heads = headsOf(to);
  return heads.some(({ file }) => files.has(file)) ? to.objects.filter((_, index) => files.has(heads[index]?.file ?? '')) : [];
}

function reportContext(moves: readonly Move[], { history }: IdentityRequest): Diagnostic {
  const [first] = moves;
  if (!first) throw new Error('A rename without objects');
  const { from, to, origin } = first;
  const at = origin.kind === 'app' ? origin.placement.deployment.at : origin.cloud.at;
  const args = { name: to.owner.name, was: from.context, known: nameOf(from.context, history), ...extentOf(moves) };
  // The old one is held too: otherwise its removal would do what the error is about.
  const reach = { kind: 'context', context: to.owner, committed: from.context } as const;
  return diagnose('changed-identity', args, { source: at(['metadata', 'name']), reach });
}

function reportApp({ from, to, origin, ...move }: Move, { history }: IdentityRequest): Diagnostic {
  const isOwn = from.context === to.instance.context;
  const reach = reachOf(to);
  const args = {
    app: to.instance.app,
    was: from.app,
    of: isOwn ? undefined : (nameOf(from.context, history) ?? `context ${from.context}`),
    ...extentOf([{ from, to, origin, ...move }]),
  };
  // Of its own deployment nothing is removed while an app is held; of another one that must be said.
  const held = reach.kind === 'context' && !isOwn ? { ...reach, committed: from.context } : reach;
  return diagnose('changed-app', args, { source: sourceOf(origin), reach: held });
}

function extentOf(moves: readonly Move[]) {
  return {
    objects: objectTitles(moves.flatMap(({ objects }) => objects)),
    clusters: [...new Set(moves.flatMap(({ clusters }) => [...clusters]))].sort(),
  };
}

function nameOf(context: ContextId, history: History): string | undefined {
  const name = history.nameOf(context);
  return name && `${name.namespace}/${name.name}`;
}

function contextIn(path: string): string {
  return readInstancePath(path)?.instance.context ?? '';
}
