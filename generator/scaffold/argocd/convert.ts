import { compareText, sortBy } from '../../lib/order.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { SourceFile } from '../../model/source.ts';
import { textAt, member } from '../emco/members.ts';
import { repositoryName } from '../flux/cluster-files.ts';
import { fleetFiles } from '../gitops/fleet.ts';
import { knownAgents } from '../gitops/handover.ts';
import type { ClusterName, Surroundings } from '../gitops/model.ts';
import { type Fault, isFault } from '../gitops/source-tree.ts';
import type { Known } from '../known.ts';
import { OWN } from './application-sets.ts';
import { AGENT, argoClusterFiles } from './cluster-files.ts';
import { argoName, readArgo } from './documents.ts';
import { argoHandover } from './handover.ts';
import { readApplications, tellProject } from './read-applications.ts';

export interface ArgoRequest {
  /** Files and folders, from the top of the repository. */
  readonly paths: readonly string[];
  /** What a destination is called here. */
  readonly destinations: ReadonlyMap<string, ClusterName>;
  /** Address of the repository that is read; without it, the one that most Applications name. */
  readonly repository: string | undefined;
  readonly project: string | undefined;
  readonly known: Known;
  readonly surroundings: Surroundings;
}

export interface ArgoConverted {
  readonly files: readonly SourceFile[];
  readonly originals: ReadonlyMap<ClusterName, readonly KubeObject[]>;
  readonly handover: readonly { readonly cluster: ClusterName; readonly steps: readonly string[] }[];
  readonly faults: readonly Fault[];
  /** Destinations that have to be named. */
  readonly unknown: readonly string[];
}

const NOTHING: ArgoConverted = { files: [], originals: new Map(), handover: [], faults: [], unknown: [] };

/** Makes intents and template packages of what Argo CD applies. */
export async function convertArgo(request: ArgoRequest): Promise<ArgoConverted> {
  const { paths, destinations, project, known, surroundings } = request;
  const documents = await readArgo(paths, surroundings);
  if (isFault(documents)) return { ...NOTHING, faults: [documents] };
  const { applications, sets, projects, clusters } = documents;
  const [first] = [...applications, ...sets];
  if (!first)
    return { ...NOTHING, faults: [{ place: { file: paths[0] ?? '', line: 1 }, reason: 'it holds no Application and no ApplicationSet' }] };
  for (const one of projects) tellProject(one, surroundings);
  const repository = request.repository ?? mostNamed([...applications, ...sets].map(({ object }) => object)) ?? '';
  // A destination is given by name or by address, and a cluster's Secret says which are the same.
  const names = (destination: string): readonly string[] =>
    [OWN, ...clusters]
      .filter(({ name, server }) => name === destination || server === destination)
      .flatMap(({ name, server }) => [name, server]);
  const clusterOf = (destination: string): ClusterName | undefined =>
    [destination, ...names(destination)].map((name) => destinations.get(name)).find((cluster) => cluster !== undefined);
  const found = await readApplications({
    applications,
    sets,
    clusters,
    isOwn: (other) => plain(other) === plain(repository),
    clusterOf,
    surroundings,
  });
  const used = new Map(
    [...found.applications, ...found.parents].flatMap(({ destination }) => {
      const cluster = clusterOf(destination);
      return cluster === undefined ? [] : [[destination, cluster] as const];
    }),
  );
  const own = clusterOf(OWN.name);
  const isShared = [...used].some(([destination]) => !names(destination).includes(OWN.name));
  // The own cluster is called by its name.
  const asked = found.unknown.map((one) => (names(one).includes(OWN.name) ? OWN.name : one));
  const unknown = [...new Set([...asked, ...(isShared && own === undefined ? [OWN.name] : [])])].sort(compareText);
  if (unknown.length > 0) return { ...NOTHING, unknown };
  const targets = new Set([...found.units, ...found.releases].map(({ cluster }) => cluster));
  const kept = new Map([...used].filter(([, cluster]) => targets.has(cluster)));
  const revisions = found.applications.filter(({ source }) => source.kind === 'folder').map(({ revision }) => revision ?? 'HEAD');
  const files = [
    ...argoClusterFiles({
      destinations: kept,
      hub: isShared ? own : undefined,
      argoClusters: clusters,
      namespace: argoName(first.object).split('/')[0] ?? 'argocd',
      repository,
      revision: most(revisions),
      place: first.place,
      known,
      surroundings,
    }),
    ...(await fleetFiles({ found, project: project ?? repositoryName(repository), surroundings })),
  ];
  const described = knownAgents(known);
  const agents = new Map(
    [...targets].sort(compareText).map((cluster) => [cluster, described.has(cluster) ? described.get(cluster) : AGENT]),
  );
  const handover = [...agents.keys()].map((cluster) => ({
    cluster,
    steps: argoHandover({ found, cluster, agents, isTarget: isShared && cluster !== own }),
  }));
  return { files: sortBy(files, ({ path }) => path), originals: found.originals, handover, faults: [], unknown: [] };
}

function plain(repository: string): string {
  return repository
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(':', '/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}

/** The repository with files that most name; of several, the first by name. */
function mostNamed(objects: readonly KubeObject[]): string | undefined {
  const sources = objects.map((object) =>
    member(object.kind === 'ApplicationSet' ? member(member(object['spec'], 'template'), 'spec') : object['spec'], 'source'),
  );
  return most(sources.flatMap((source) => (textAt(source, 'path') === undefined ? [] : (textAt(source, 'repoURL') ?? []))));
}

function most(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, one], [b, other]) => other - one || compareText(a, b))[0]?.[0];
}
