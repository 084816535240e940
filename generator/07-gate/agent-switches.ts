import { isInContexts, readInstancePath } from '../lib/instance-path.ts';
import { partsOf } from '../lib/parts.ts';
import { instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
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
  readonly bare: ReadonlyMap<InstanceKey, RepoPath>;
  /** Both write the same files, or the old one reads more than lists, so that they cannot stand side by side. */
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

interface Own {
  /** Below the cluster's folder. */
  readonly path: string;
  readonly file: CommittedFile;
}

function switchOf(cluster: KnownCluster, part: Committed, { providers, ownerOf }: Standing): AgentSwitch | undefined {
  const to = providerType(cluster.value);
  const files = ownFiles(cluster, part);
  const others = Object.values(providers).filter(({ type }) => type !== to);
  const from = standingAgents(files, { others, to: providers[to] });
  if (from.length === 0) return undefined;
  const references = files.flatMap(({ path, file }): readonly OldReference[] => {
    const agent = /\.ya?ml$/.test(path) ? from.find((provider) => provider.ownerOf(path)) : undefined;
    const owner = agent && ownerOf(file.path);
    return agent && owner?.kind === 'instance'
      ? [{ path: file.path, instance: owner.instance, agent: agent.type, isMarked: file.isMarked }]
      : [];
  });
  const bare = bareInstances(part, { cluster, from, to: providers[to], files, references });
  const isShared = ({ roots, lasting }: Provider): boolean =>
    roots.some((root) => !lasting.includes(root) && isIn(root, providers[to].roots));
  // An agent that reads instances' folders by itself would see them go.
  const collides = from.some((agent) => isShared(agent) || !agent.isKustomized);
  return { cluster, from: from.map(({ type }) => type), to, references, bare, collides };
}

interface Bare {
  readonly cluster: KnownCluster;
  readonly from: readonly Provider[];
  readonly to: Provider;
  readonly files: readonly Own[];
  readonly references: readonly OldReference[];
}

function bareInstances(part: Committed, { cluster, from, to, files, references }: Bare): ReadonlyMap<InstanceKey, RepoPath> {
  // Flux 1, of which Azure has a form, has no references at all.
  const isListed = files.some(({ path }) => path.startsWith('references'));
  const pathOf = from.find(({ type, referencePath }) => referencePath && (type !== 'azureArc' || isListed))?.referencePath;
  if (!pathOf) return new Map();
  // What stands beside a reference does not stand for it.
  const isReference = ({ path, instance }: OldReference): boolean => {
    const paths = from.flatMap((agent) => agent.referencePath?.(instance, cluster) ?? []);
    return paths.length === 0 || paths.some((own) => path === below(cluster, own));
  };
  const theirs = new Set(references.filter(isReference).map(({ instance }) => instanceKey(instance)));
  const passed = new Set(files.flatMap(({ path, file }) => (file.isMarked && to.ownerOf(path) ? [file.path] : [])));
  const bare = new Map<InstanceKey, RepoPath>();
  for (const { path, isMarked } of part.values()) {
    const instance = isMarked && path.startsWith(`clusters/${cluster.id}/context/`) ? readInstancePath(path)?.instance : undefined;
    if (!instance || theirs.has(instanceKey(instance))) continue;
    const now = to.referencePath?.(instance, cluster);
    if (now !== undefined && passed.has(below(cluster, now))) continue;
    bare.set(instanceKey(instance), below(cluster, pathOf(instance, cluster) ?? ''));
  }
  return bare;
}

function below({ id }: KnownCluster, path: string): RepoPath {
  return `clusters/${id}/${path}` as RepoPath;
}

/** What agents read first, and references. */
function ownFiles({ id }: KnownCluster, part: Committed): readonly Own[] {
  const start = `clusters/${id}/`.length;
  return [...part.values()].flatMap((file) =>
    isInContexts(file.path) || file.path.startsWith('status/', start) ? [] : [{ path: file.path.slice(start), file }],
  );
}

interface Agents {
  readonly others: readonly Provider[];
  readonly to: Provider;
}

function standingAgents(files: readonly Own[], { others, to }: Agents): readonly Provider[] {
  const marked = files.filter(({ file }) => file.isMarked);
  const ours = ({ roots, lasting }: Provider): boolean => marked.some(({ path }) => isIn(path, roots) && !lasting.includes(path));
  // A sign that somebody else wrote counts where files of ours stand beside it.
  const signed = others.filter((one) => files.some(({ path, file }) => isIn(path, one.signs) && (file.isMarked || ours(one))));
  const known = [to, ...signed];
  const unexplained = marked.filter(({ path }) => !known.some(({ roots }) => isIn(path, roots)));
  const unsigned = others.filter((one) => !known.includes(one) && unexplained.some(({ path }) => isOf(path, one)));
  return [...signed, ...unsigned];
}

function isOf(path: string, { roots, lasting }: Provider): boolean {
  return isIn(path, roots) && !lasting.includes(path);
}

/** Whether a path lies at one of the paths, or in one of the folders, which end in `/`. */
export function isIn(path: string, places: readonly string[]): boolean {
  return places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));
}
