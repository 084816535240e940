import type { SourceFile } from '../../model/source.ts';
import { intentFile } from '../emco/intent-file.ts';
import { member, present, textAt } from '../emco/members.ts';
import { slug } from '../emco/names.ts';
import type { Agents } from '../gitops/handover.ts';
import type { ClusterName, Surroundings } from '../gitops/model.ts';
import { isJsonObject } from '../../model/json.ts';
import { judgeBranch, judgeGitUrl } from '../judge.ts';
import type { KnownSyncObject } from '../known.ts';
import { fluxName } from './kinds.ts';
import { deliveryOf } from './kustomization.ts';
import type { FluxCluster } from './read-cluster.ts';

export interface ClusterFilesRequest {
  readonly clusters: readonly FluxCluster[];
  /** Of clusters that are described already. */
  readonly known: Agents;
  readonly syncObjects: readonly KnownSyncObject[];
  readonly surroundings: Surroundings;
}

/** What its clusters have here. */
export const AGENT = 'fluxv2';

interface Address {
  readonly url: string;
  readonly branch: string | undefined;
  readonly secret: string | undefined;
  readonly interval: string | undefined;
}

export interface ClusterFiles {
  readonly files: readonly SourceFile[];
  /** Of all clusters of the request. */
  readonly agents: Agents;
}

/** Clusters, and the repositories that they pull. */
export function clusterFiles({ clusters, known, syncObjects, surroundings }: ClusterFilesRequest): ClusterFiles {
  const agents = new Map<ClusterName, string | undefined>();
  const files = new Map<string, SourceFile>();
  const names = new Map<string, string>();
  for (const one of clusters) {
    const at = one.cluster.indexOf('+');
    const [provider, name] = [one.cluster.slice(0, at), one.cluster.slice(at + 1)];
    const { sync } = one;
    if (known.has(one.cluster)) {
      agents.set(one.cluster, known.get(one.cluster));
      surroundings.report.add('todo', {
        ...sync.root,
        what: `Kustomization ${fluxName(sync.root.object)}`,
        reason: `cluster ${one.cluster} is described already, and stays as it is`,
      });
      continue;
    }
    const address = addressOf(one, surroundings);
    agents.set(one.cluster, address && AGENT);
    const syncName = address && nameFor(address, { provider, names, syncObjects });
    if (address && syncName !== undefined && !syncName.isKnown) {
      const file = syncFile(address, { provider, name: syncName.name, one, surroundings });
      files.set(file.path, file);
    }
    const file = clusterFile(one, { provider, name, syncObject: syncName?.name, surroundings });
    files.set(file.path, file);
  }
  return { files: [...files.values()], agents };
}

function addressOf({ sync }: FluxCluster, { report }: Surroundings): Address | undefined {
  const { object, place } = sync.source;
  const { spec } = object;
  const what = `GitRepository ${fluxName(object)}`;
  const url = textAt(spec, 'url') ?? '';
  const problem = judgeGitUrl(url);
  const reference = member(spec, 'ref');
  const branch = textAt(reference, 'branch');
  if (problem || (branch !== undefined && judgeBranch(branch))) {
    report.add('left', {
      place,
      what,
      reason: `of its address or branch: ${problem?.reason ?? 'it is no branch name'}. The cluster is written without an agent`,
    });
    return undefined;
  }
  if (branch === undefined && reference !== undefined)
    report.add('changed', { place, what, reason: 'it follows a tag or commit; here, agents follow a branch, the default is main' });
  const others = ['verify', 'proxySecretRef', 'include', 'ignore', 'recurseSubmodules', 'sparseCheckout', 'provider'].filter(
    (key) => member(spec, key) !== undefined,
  );
  if (others.length > 0) report.add('left', { place, what: `${others.join(', ')} of ${what}`, reason: 'a sync object has not got it' });
  return { url, branch, secret: textAt(member(spec, 'secretRef'), 'name'), interval: textAt(deliveryOf(spec), 'interval') };
}

interface SyncNaming {
  readonly provider: string;
  readonly names: Map<string, string>;
  readonly syncObjects: readonly KnownSyncObject[];
}

function nameFor(
  { url, branch, secret }: Address,
  { provider, names, syncObjects }: SyncNaming,
): { readonly name: string; readonly isKnown: boolean } {
  const there = syncObjects.find((one) => one.scope === provider && one.url === url && one.branch === (branch ?? 'main'));
  if (there) return { name: there.name, isKnown: true };
  const key = JSON.stringify([provider, url, branch, secret]);
  const known = names.get(key);
  if (known !== undefined) return { name: known, isKnown: true };
  const base = repositoryName(url);
  const taken = new Set([...names].filter(([other]) => other.startsWith(JSON.stringify([provider]).slice(0, -1))).map(([, name]) => name));
  for (const one of syncObjects) if (one.scope === provider) taken.add(one.name);
  const name = [base, ...Array.from({ length: 100 }, (_, index) => `${base}-${index + 2}`)].find((each) => !taken.has(each)) ?? base;
  names.set(key, name);
  return { name, isKnown: false };
}

/** `fleet` of `https://github.com/example/fleet.git`. */
export function repositoryName(url: string): string {
  const name = slug(
    url
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .replace(/^.*[/:]/, ''),
  )
    .slice(0, 40)
    .replace(/-+$/, '');
  return name === '' ? 'git' : name;
}

interface SyncWriting {
  readonly provider: string;
  readonly name: string;
  readonly one: FluxCluster;
  readonly surroundings: Surroundings;
}

function syncFile({ url, branch, secret, interval }: Address, { provider, name, one, surroundings }: SyncWriting): SourceFile {
  const { report, from } = surroundings;
  const { object, place } = one.sync.source;
  const what = `GitRepository ${fluxName(object)}`;
  const path = `intents/clusters/${provider}/${name}.sync.yaml`;
  report.add('carried', { place, what, to: path });
  report.add('todo', {
    place,
    what,
    reason: `the clusters will pull from ${url}: change the address if this fleet lives in another repository`,
  });
  const git = present({ url, branch, secretRef: secret === undefined ? undefined : { name: secret }, interval });
  return intentFile(path, { origin: what, from, intent: { kind: 'SyncObject', metadata: { name }, spec: { provider, type: 'git', git } } });
}

interface ClusterWriting {
  readonly provider: string;
  readonly name: string;
  readonly syncObject: string | undefined;
  readonly surroundings: Surroundings;
}

function clusterFile({ folder, sync }: FluxCluster, { provider, name, syncObject, surroundings }: ClusterWriting): SourceFile {
  const { report, from } = surroundings;
  const path = `intents/clusters/${provider}/${name}.yaml`;
  const what = `Kustomization ${fluxName(sync.root.object)}`;
  report.add('carried', { ...sync.root, what, to: path });
  if (sync.patched)
    report.add('left', {
      place: sync.patched,
      what: 'changes of Flux’s own manifests',
      reason: 'Flux stays as it is installed (install: none); see docs/flux-manifests.md for having the tree bring it',
    });
  const gitOps =
    syncObject === undefined
      ? undefined
      : present({
          gitOpsType: AGENT,
          gitOpsReferenceObject: syncObject,
          gitOpsResourceObject: syncObject,
          agentVersion: sync.version,
          install: 'none',
        });
  if (gitOps && sync.version === undefined)
    report.add('changed', { ...sync.root, what, reason: 'no gotk-components.yaml says which Flux it is: agentVersion is the default' });
  const intent = { kind: 'Cluster', metadata: { name }, spec: { provider, gitOps: isJsonObject(gitOps) ? gitOps : undefined } } as const;
  return intentFile(path, { origin: folder === '' ? '.' : folder, from, intent });
}
