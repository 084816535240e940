import { ownFiles } from '../lib/instance-path.ts';
import { isIn } from '../lib/is-in.ts';
import { partsOf } from '../lib/parts.ts';
import { repoPath } from '../lib/path.ts';
import { type ContextId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Committed, CommittedFile, Owner } from '../model/file.ts';
import type { KnownCluster } from '../model/intents.ts';
import { type Provider, type Providers, providerType, type ProviderType } from '../model/provider.ts';
import type { RepoPath } from '../model/source.ts';

/** A reference of an agent that the cluster's document names no more. */
export interface OldReference {
  readonly path: RepoPath;
  readonly instance: InstanceRef;
  readonly agent: ProviderType;
  /** Whether it is ours to change. */
  readonly isMarked: boolean;
}

/** A cluster whose tree another agent follows than its document names. */
export interface AgentSwitch {
  readonly cluster: KnownCluster;
  /** The agents whose files stand; of files that several write, all of these. */
  readonly from: readonly ProviderType[];
  readonly to: ProviderType;
  readonly references: readonly OldReference[];
  /** Instances in the tree that an old agent should have a reference of, and neither it nor the new one has, with the reference's path. */
  readonly missing: ReadonlyMap<InstanceKey, RepoPath>;
  /** Files stand there by which one knows the new agent: it may begin beside the old one. */
  readonly isBegun: boolean;
  /** The new agent's files cannot come before the old one is gone: both write the same ones, the old one reads more than lists, or there is no new one. */
  readonly collides: boolean;
}

export interface Standing {
  readonly tree: Committed;
  readonly providers: Providers;
  readonly ownerOf: (path: RepoPath) => Owner | undefined;
}

/** Finds them by the paths of what stands in the tree. */
export function agentSwitches(clusters: readonly KnownCluster[], standing: Standing): readonly AgentSwitch[] {
  const parts = partsOf(standing.tree);
  return clusters.flatMap((cluster) => {
    const part = parts.get(cluster.id);
    const found = part && switchOf(cluster, part, standing);
    return found ? [found] : [];
  });
}

type Files = ReadonlyMap<string, CommittedFile>;

function switchOf(cluster: KnownCluster, part: Committed, { providers, ownerOf }: Standing): AgentSwitch | undefined {
  const to = providers[providerType(cluster.value)];
  const files = ownFiles(part);
  const from = standingAgents(files, { others: Object.values(providers).filter((one) => one !== to), to });
  if (from.length === 0) return undefined;
  const references = [...files].flatMap(([path, file]): readonly OldReference[] => {
    const agent = /\.ya?ml$/.test(path) ? from.find((provider) => provider.ownerOf(path)) : undefined;
    const owner = agent && ownerOf(file.path);
    return agent && owner?.kind === 'instance'
      ? [{ path: file.path, instance: owner.instance, agent: agent.type, isMarked: file.isMarked }]
      : [];
  });
  const isBegun = [...files].some(([path, { isMarked }]) => isMarked && isIn(path, to.signs));
  const missing = missingReferences(part, { cluster, from, to, files, isBegun, ownerOf });
  // An agent that reads instances' folders by itself would see them go. Without a sign of the new one, nothing would tell later that it came.
  const collides = to.signs.length === 0 || from.some((agent) => isKin(agent, to) || readsFolders(agent, files));
  return { cluster, from: from.map(({ type }) => type), to: to.type, references, missing, isBegun, collides };
}

/** Whether two agents write the same files: they are the same controllers, set up in two ways. */
export function isKin({ roots, lasting }: Provider, other: Provider): boolean {
  return roots.some((root) => !lasting.includes(root) && isIn(root, other.roots));
}

/** Whether it is pointed at the instances' folders, and not at references. */
function readsFolders({ placeOf, referencePath }: Provider, files: Files): boolean {
  return placeOf !== undefined || referencePath?.(ANY_INSTANCE, files) === undefined;
}

const ANY_INSTANCE: InstanceRef = { cluster: 'p+c', context: '1' as ContextId, app: 'app' };

interface Missing extends Pick<Standing, 'ownerOf'> {
  readonly cluster: KnownCluster;
  readonly from: readonly Provider[];
  readonly to: Provider;
  readonly files: Files;
  readonly isBegun: boolean;
}

function missingReferences(part: Committed, { cluster, from, to, files, isBegun, ownerOf }: Missing): ReadonlyMap<InstanceKey, RepoPath> {
  const passed = new Set<InstanceKey>();
  const standing = new Map<InstanceKey, InstanceRef>();
  for (const { path, isMarked } of part.values()) {
    const owner = isMarked ? ownerOf(path) : undefined;
    if (owner?.kind !== 'instance') continue;
    const key = instanceKey(owner.instance);
    standing.set(key, owner.instance);
    if (to.ownerOf(below(cluster, path))) passed.add(key);
  }
  return new Map(
    [...standing].flatMap(([key, instance]) => {
      const path = from.map(({ referencePath }) => referencePath?.(instance, files)).find((one) => one !== undefined);
      if (path === undefined || files.has(path) || passed.has(key)) return [];
      // The new agent may have no reference for it.
      if (isBegun && to.referencePath?.(instance, files) === undefined) return [];
      return [[key, repoPath(`clusters/${cluster.id}/${path}`)] as const];
    }),
  );
}

function below({ id }: KnownCluster, path: RepoPath): string {
  return path.slice(`clusters/${id}/`.length);
}

interface Agents {
  readonly others: readonly Provider[];
  readonly to: Provider;
}

function standingAgents(files: Files, { others, to }: Agents): readonly Provider[] {
  const marked = [...files].flatMap(([path, { isMarked }]) => (isMarked ? [path] : []));
  const ours = (one: Provider): boolean => marked.some((path) => isOf(path, one));
  // A sign that somebody else wrote counts where files of ours stand beside it.
  const signed = others.filter((one) => [...files].some(([path, { isMarked }]) => isIn(path, one.signs) && (isMarked || ours(one))));
  const known = [to, ...signed];
  const unexplained = marked.filter((path) => !known.some(({ roots }) => isIn(path, roots)));
  const unsigned = others.filter((one) => !known.includes(one) && unexplained.some((path) => isOf(path, one)));
  return [...signed, ...unsigned];
}

function isOf(path: string, { roots, lasting }: Provider): boolean {
  return isIn(path, roots) && !lasting.includes(path);
}
