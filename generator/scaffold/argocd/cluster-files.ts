import { compareText } from '../../lib/order.ts';
import type { SourceFile } from '../../model/source.ts';
import { intentFile } from '../emco/intent-file.ts';
import { present } from '../emco/members.ts';
import { plainAddress } from '../emco/sync-objects.ts';
import { repositoryName } from '../flux/cluster-files.ts';
import type { ClusterName, Surroundings } from '../gitops/model.ts';
import type { Place } from '../import-report.ts';
import { judgeBranch, judgeGitUrl } from '../judge.ts';
import type { Known } from '../known.ts';
import { OWN } from './application-sets.ts';
import type { ArgoCluster } from './documents.ts';

/** What its clusters have here. */
export const AGENT = 'argocd';

export interface ArgoClusterFiles {
  /** Clusters by destination, as Applications call them. */
  readonly destinations: ReadonlyMap<string, ClusterName>;
  /** The cluster that Argo CD runs on, if others are destinations. */
  readonly hub: ClusterName | undefined;
  readonly argoClusters: readonly ArgoCluster[];
  /** Argo CD's namespace. */
  readonly namespace: string;
  readonly repository: string;
  readonly revision: string | undefined;
  readonly place: Place;
  readonly known: Known;
  readonly surroundings: Surroundings;
}

/** Clusters, the repository, and the Argo CD that reaches them. */
export function argoClusterFiles(request: ArgoClusterFiles): readonly SourceFile[] {
  const { destinations, hub, known, surroundings, place } = request;
  const clusters = [...new Set([...destinations.values(), ...(hub === undefined ? [] : [hub])])].sort(compareText);
  const there = new Set(known.clusters.map(({ scope, name }) => `${scope}+${name}`));
  const fresh = clusters.filter((cluster) => !there.has(cluster));
  for (const cluster of clusters.filter((one) => there.has(one)))
    surroundings.report.add('todo', { place, what: `cluster ${cluster}`, reason: 'it is described already, and stays as it is' });
  const { address, note } = plainAddress(request.repository);
  const problem = judgeGitUrl(address);
  if (note !== undefined) surroundings.report.add('changed', { place, what: 'the repository', reason: note });
  if (problem)
    surroundings.report.add('left', { place, what: 'the repository', reason: `${problem.reason}: write a SyncObject of type git` });
  const files = [...new Set(fresh.map((cluster) => providerOf(cluster)))].flatMap((provider) => syncFiles(provider, address, request));
  return [...files, ...fresh.map((cluster) => clusterFile(cluster, request))];
}

function providerOf(cluster: ClusterName): string {
  return cluster.slice(0, cluster.indexOf('+'));
}

function syncFiles(
  provider: string,
  url: string,
  { hub, namespace, revision, place, known, surroundings }: ArgoClusterFiles,
): readonly SourceFile[] {
  const { report, from } = surroundings;
  const has = (name: string): boolean => known.syncObjects.some((one) => one.scope === provider && one.name === name);
  const git = repositoryName(url);
  const follows = revision?.replace(/^refs\/heads\//, '');
  const branch = follows === undefined || follows === 'HEAD' || judgeBranch(follows) ? undefined : follows;
  const argocd = present({ namespace: namespace === 'argocd' ? undefined : namespace, hub });
  const files: SourceFile[] = [];
  const add = (name: string, spec: Parameters<typeof intentFile>[1]['intent']['spec'], origin: string): void => {
    if (has(name)) return;
    const path = `intents/clusters/${provider}/${name}.sync.yaml`;
    files.push(intentFile(path, { origin, from, intent: { kind: 'SyncObject', metadata: { name }, spec: { provider, ...spec } } }));
  };
  add(git, { type: 'git', git: present({ url, branch }) }, `the repository ${url}`);
  add('argocd', { type: 'argocd', argocd }, `its own installation, in namespace ${namespace}`);
  report.add('todo', {
    place,
    what: 'the repository',
    reason: `Argo CD will read ${url}: change the address in intents/clusters/${provider}/${git}.sync.yaml if this fleet lives in another repository`,
  });
  return files;
}

function clusterFile(
  cluster: ClusterName,
  { destinations, hub, argoClusters, repository, place, surroundings }: ArgoClusterFiles,
): SourceFile {
  const { report, from } = surroundings;
  const provider = providerOf(cluster);
  const name = cluster.slice(provider.length + 1);
  const path = `intents/clusters/${provider}/${name}.yaml`;
  const own = [...destinations].filter(([, one]) => one === cluster).map(([destination]) => destination);
  const secret = argoClusters.find((one) => own.includes(one.name) || own.includes(one.server));
  const called = secret?.name ?? own.find((destination) => !destination.includes('://'));
  const isTarget = hub !== undefined && hub !== cluster;
  if (isTarget && called === undefined)
    report.add('todo', {
      place,
      what: `cluster ${cluster}`,
      reason: `write what Argo CD calls it as spec.gitOps.resourceName: Applications only say its address, ${own.join(', ')}`,
    });
  const gitOps = present({
    gitOpsType: AGENT,
    gitOpsReferenceObject: 'argocd',
    gitOpsResourceObject: repositoryName(plainAddress(repository).address),
    resourceName: isTarget && called !== undefined && called !== `${provider}-${name}` ? called : undefined,
  });
  const origin =
    own.length === 0 ? `cluster ${OWN.name}` : `cluster ${[...new Set([...(called === undefined ? [] : [called]), ...own])].join(', ')}`;
  report.add('carried', { place, what: origin, to: path });
  return intentFile(path, { origin, from, intent: { kind: 'Cluster', metadata: { name }, spec: { provider, gitOps } } });
}
