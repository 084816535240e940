import type { JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { agentFor } from './agents.ts';
import { annotationsOf } from './annotations.ts';
import type { Import } from './context.ts';
import { intentFile } from './intent-file.ts';
import { pairText, readPairs } from './kv.ts';
import { member, present, textAt } from './members.ts';
import type { EmcoDocument } from './model.ts';
import { titleOf } from './report.ts';
import { tellCredentials, writeGit, writeService } from './sync-objects.ts';
import { variablesOf } from './variables.ts';

/** Providers, clusters with their labels and pairs, and the sync objects that they use. */
export function importClusters(context: Import): void {
  const { shelf, report } = context;
  for (const provider of shelf.of('provider')) report.carried(provider, `intents/clusters/${context.naming.provider(provider.name)}/`);
  const written = new Map<EmcoDocument, boolean>();
  const writeOnce = (document: EmcoDocument): boolean => {
    const known = written.get(document);
    if (known !== undefined) return known;
    const isWritten = writeGit(document, context);
    written.set(document, isWritten);
    return isWritten;
  };
  for (const cluster of shelf.of('cluster')) importCluster(cluster, { context, writeOnce });
  for (const document of shelf.of('sync-object')) if (!report.isTold(document)) leaveSyncObject(document, context);
  for (const kind of ['label', 'cluster-kv'] as const)
    for (const document of shelf.of(kind)) if (!report.isTold(document)) report.left(document, 'no document describes its cluster');
}

interface Importing {
  readonly context: Import;
  readonly writeOnce: (document: EmcoDocument) => boolean;
}

function importCluster(cluster: EmcoDocument, importing: Importing): void {
  const { context } = importing;
  const { naming, report, files } = context;
  const [provider = ''] = cluster.scope;
  const [at, name] = [naming.provider(provider), naming.cluster(provider, cluster.name)];
  const path = `intents/clusters/${at}/${name}.yaml`;
  const access = gitOpsOf(cluster, importing);
  const metadata = present({ name, labels: labelsOf(cluster, path, context), annotations: annotationsOf(cluster) });
  const spec = { provider: at, ...access, variables: variablesOf(cluster, path, context) };
  files.push(intentFile(path, { origin: titleOf(cluster), intent: { kind: 'Cluster', metadata, spec } }));
  report.carried(cluster, path);
  if (access.gitOps === undefined)
    report.todo(cluster, `its kubeconfig was not read, and is kept nowhere: whoever applies clusters/${at}+${name}/ needs one`);
}

function labelsOf(cluster: EmcoDocument, path: string, { shelf, naming, report }: Import): JsonObject | undefined {
  const labels = new Map<string, string>();
  for (const document of shelf.in('label', [...cluster.scope, cluster.name])) {
    const { key, value } = naming.label(document.name);
    if (labels.has(key)) report.left(document, `the cluster has the label "${key}" with another value, and can have it once`);
    else {
      labels.set(key, value);
      report.carried(document, path);
    }
  }
  return labels.size === 0 ? undefined : Object.fromEntries(labels);
}

interface Access {
  readonly gitOps?: JsonObject;
  readonly delivery?: JsonObject;
}

/** How the cluster is reached; where it cannot be said here, it is told why. */
function gitOpsOf(cluster: EmcoDocument, importing: Importing): Access {
  const asked = gitOpsAsked(cluster);
  const access = asked && accessBy(cluster, { ...importing, asked });
  if (typeof access === 'string') importing.context.report.todo(cluster, `${access}: it has no agent now, and takes plain manifests`);
  return typeof access === 'string' || !access ? {} : access;
}

type Asked = NonNullable<ReturnType<typeof gitOpsAsked>>;

/** In EMCO a sync object may also be among the cluster's own pairs. */
function accessBy(cluster: EmcoDocument, { context, writeOnce, asked }: Importing & { readonly asked: Asked }): Access | string {
  const agent = agentFor(asked.type);
  if (!agent) return `its agent "${asked.type}" is not known here`;
  if (!context.agents.has(agent.type)) {
    const needs = agent.needs === undefined ? '' : ` (when it can, it needs ${agent.needs})`;
    return `its agent "${asked.type}", here ${agent.type}, cannot be written yet${needs}`;
  }
  const named = [asked.reference, asked.resource].map((name) => find(cluster, name, context));
  // Git's access is EMCO's reference object; in its documentation, the other.
  const git = named.find((document) => document && pairText(readPairs(document), 'url', 'repoUrl', 'repoName') !== undefined);
  if (!git || !writeOnce(git)) return 'none of its sync objects says where its repository is';
  const other = named.find((document) => document !== git);
  const resourceObject = context.naming.syncObject(git);
  const delivery = deliveryOf([git, other], context);
  if (!agent.service) {
    if (other) tellMerged(other, cluster, context);
    const gitOps = { gitOpsType: agent.type, gitOpsReferenceObject: resourceObject, gitOpsResourceObject: resourceObject };
    return { gitOps, ...(delivery && { delivery }) };
  }
  const service = other && agent.service(readPairs(other));
  if (!service) return `its agent needs ${agent.needs ?? 'a sync object of its own'}`;
  writeService(other, service, context);
  const names = { gitOpsReferenceObject: context.naming.syncObject(other), gitOpsResourceObject: resourceObject };
  const gitOps = present({ gitOpsType: agent.type, ...names, resourceName: service.resourceName });
  return { gitOps, ...(delivery && { delivery }) };
}

function gitOpsAsked({ spec }: EmcoDocument) {
  const gitOps = member(spec, 'gitOps') ?? member(spec, 'gitops');
  const type = textAt(gitOps, 'gitOpsType');
  if (!isJsonObject(gitOps) || type === undefined) return undefined;
  return { type, reference: textAt(gitOps, 'gitOpsReferenceObject'), resource: textAt(gitOps, 'gitOpsResourceObject') };
}

function find(cluster: EmcoDocument, name: string | undefined, { shelf }: Import): EmcoDocument | undefined {
  const [provider = ''] = cluster.scope;
  return (
    shelf.in('sync-object', [provider]).find((document) => document.name === name) ??
    shelf.in('cluster-kv', [provider, cluster.name]).find((document) => document.name === name)
  );
}

/** EMCO's timing, in seconds. */
function deliveryOf(documents: readonly (EmcoDocument | undefined)[], { report }: Import): JsonObject | undefined {
  const delivery = new Map<string, string>();
  for (const document of documents) {
    if (!document) continue;
    const pairs = readPairs(document);
    for (const [key, field] of [
      ['syncInterval', 'interval'],
      ['retryInterval', 'retryInterval'],
      ['timeOut', 'timeout'],
    ] as const) {
      const seconds = pairText(pairs, key);
      if (seconds === undefined || delivery.has(field)) continue;
      if (/^[1-9][0-9]{0,5}$/.test(seconds)) delivery.set(field, `${seconds}s`);
      else report.leftPart(document, { what: `"${key}"`, reason: 'it is no number of seconds' });
    }
  }
  return delivery.size === 0 ? undefined : Object.fromEntries(delivery);
}

function tellMerged(document: EmcoDocument, cluster: EmcoDocument, { naming, report }: Import): void {
  const [provider = ''] = cluster.scope;
  const path = `intents/clusters/${naming.provider(provider)}/${naming.cluster(provider, cluster.name)}.yaml`;
  report.carried(document, path);
  tellCredentials(document, readPairs(document), { report });
}

function leaveSyncObject(document: EmcoDocument, context: Import): void {
  const isGit = pairText(readPairs(document), 'url', 'repoUrl') !== undefined;
  if (isGit && writeGit(document, context)) return;
  if (!context.report.isTold(document)) context.report.left(document, 'no cluster that was given an agent uses it');
  tellCredentials(document, readPairs(document), context);
}
