import type { Json, JsonObject } from '../../model/json.ts';
import { annotationsOf } from './annotations.ts';
import type { Import } from './context.ts';
import { intentFile } from './intent-file.ts';
import { items, present, textAt, textOf } from './members.ts';
import type { EmcoDocument } from './model.ts';
import { slug } from './names.ts';
import { titleOf } from './report.ts';

/** A logical cloud as it is going to be written, so that what it holds can be told before. */
export interface Cloud extends Tenant {
  readonly document: EmcoDocument;
  readonly clusters: readonly JsonObject[];
}

/** What a deployment has to know of its cloud. */
export interface Tenant {
  readonly name: string;
  readonly namespace: string;
}

/** The clouds that can be carried over, by project and name in EMCO. */
export function readClouds(context: Import): ReadonlyMap<string, Cloud> {
  const { shelf, report } = context;
  const clouds = new Map<string, Cloud>();
  for (const document of shelf.of('cloud')) {
    const clusters = clustersOf(document, context);
    if (clusters.length === 0) report.left(document, 'it refers to no cluster; here, that would span all of them');
    else {
      const [project = ''] = document.scope;
      const name = context.naming.cloud(project, document.name);
      clouds.set(cloudKey(project, document.name), { document, name, clusters, namespace: namespaceOf(document, context) });
    }
  }
  return clouds;
}

export function cloudKey(project: string, name: string): string {
  return JSON.stringify([project, name]);
}

function clustersOf({ scope, name }: EmcoDocument, { shelf, naming, report }: Import): readonly JsonObject[] {
  return shelf.in('cloud-cluster', [...scope, name]).flatMap((reference) => {
    const [provider, cluster] = [textAt(reference.spec, 'clusterProvider'), textAt(reference.spec, 'cluster')];
    if (provider !== undefined && cluster !== undefined)
      return [{ provider: naming.provider(provider), cluster: naming.cluster(provider, cluster) }];
    report.left(reference, 'it names no cluster with its provider');
    return [];
  });
}

function namespaceOf(document: EmcoDocument, context: Import): string {
  const asked = textAt(document.spec, 'namespace');
  const cloud = context.naming.cloud(document.scope[0] ?? '', document.name);
  const project = context.naming.project(document.scope[0] ?? '');
  const wishes = [...(asked === undefined ? [] : [slug(asked)]), cloud, `${project}-${cloud}`];
  return wishes.find((name) => name !== '' && name.length <= 63 && !isReserved(name, context)) ?? cloud;
}

/** Namespaces that are nobody's: what EMCO's level 0 works in. */
function isReserved(name: string, { reserved }: Import): boolean {
  return name === 'default' || name.startsWith('kube-') || reserved.has(name);
}

/** Writes a logical cloud. `charts`: whether an app of it is a chart that the agent installs. */
export function writeCloud(
  { document, namespace, clusters }: Cloud,
  { charts, context }: { readonly charts: boolean; readonly context: Import },
): void {
  const { naming, report, files, shelf } = context;
  const [project = ''] = document.scope;
  const [at, name] = [naming.project(project), naming.cloud(project, document.name)];
  const path = `intents/${at}/${name}.cloud.yaml`;
  tellCloud(document, { namespace, context });
  const spec = {
    namespace,
    clusters,
    labels: labelsOf(document),
    podSecurity: 'privileged',
    quota: quotaOf(document, path, context),
    ...(charts && { charts: true }),
    permissions: permissionsOf(document, { path, namespace, context }),
  };
  const metadata = present({ name, namespace: at, annotations: annotationsOf(document) });
  files.push(intentFile(path, { origin: titleOf(document), intent: { kind: 'LogicalCloud', metadata, spec } }));
  report.carried(document, path);
  for (const reference of shelf.in('cloud-cluster', [...document.scope, document.name]))
    if (!report.isTold(reference)) tellReference(reference, path, context);
}

function tellCloud(document: EmcoDocument, { namespace, context }: { readonly namespace: string; readonly context: Import }): void {
  const { report } = context;
  const asked = textAt(document.spec, 'namespace');
  const level = textAt(document.spec, 'level') ?? '1';
  if (level === '0')
    report.changed(
      document,
      `EMCO's level 0 makes nothing and may do all; here it has the namespace "${namespace}" with an account that may do all in it, and nothing beside it. What runs elsewhere now, as in "default", is installed anew in it`,
    );
  else if (asked !== undefined && asked !== namespace)
    report.changed(document, `its namespace is "${namespace}": no cloud may have "${asked}". What runs there now is installed anew in it`);
  report.changed(document, 'podSecurity is privileged, because EMCO enforces nothing: "restricted" is the default here, and safer');
  const [user] = usersOf(document) ?? [];
  if (user !== undefined)
    report.changed(
      document,
      `user "${user}" has the permissions by that name, but gets no certificate: it is what the API server must know the user by`,
    );
}

function usersOf({ spec }: EmcoDocument): readonly string[] | undefined {
  const user = textAt(spec['user'], 'userName');
  return user === undefined ? undefined : [user];
}

function labelsOf({ spec }: EmcoDocument): JsonObject | undefined {
  const labels = spec['labels'];
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return undefined;
  const texts = Object.entries(labels).flatMap(([key, value]) =>
    textOf(value) === undefined ? [] : [[key, textOf(value) ?? ''] as const],
  );
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

function quotaOf({ scope, name }: EmcoDocument, path: string, { shelf, report }: Import): JsonObject | undefined {
  const hard = new Map<string, Json>();
  for (const document of shelf.in('quota', [...scope, name])) {
    for (const [key, value] of Object.entries(document.spec)) {
      const text = textOf(value);
      if (text === undefined) report.leftPart(document, { what: `"${key}"`, reason: 'it is no amount' });
      else if (hard.has(key) && hard.get(key) !== text)
        report.leftPart(document, { what: `"${key}"`, reason: 'another quota of the cloud limits it otherwise' });
      else hard.set(key, text);
    }
    report.carried(document, path);
  }
  return hard.size === 0 ? undefined : Object.fromEntries(hard);
}

interface Permitting {
  readonly path: string;
  readonly namespace: string;
  readonly context: Import;
}

function permissionsOf(cloud: EmcoDocument, { path, namespace, context }: Permitting): readonly JsonObject[] {
  const { shelf, report } = context;
  const asked = textAt(cloud.spec, 'namespace');
  const users = usersOf(cloud);
  const permissions = shelf.in('permission', [...cloud.scope, cloud.name]).flatMap((document) => {
    const own = textAt(document.spec, 'namespace');
    const [apiGroups, resources, verbs] = ['apiGroups', 'resources', 'verbs'].map((key) => textsOf(document.spec[key]));
    const reason =
      own !== undefined && own !== asked && own !== namespace
        ? `it holds for the namespace "${own}", and a cloud has one, "${namespace}"`
        : !apiGroups?.length || !resources?.length || !verbs?.length
          ? 'it does not say apiGroups, resources and verbs'
          : undefined;
    if (reason !== undefined) {
      report.left(document, reason);
      return [];
    }
    report.carried(document, path);
    return [
      {
        apiGroups,
        resources,
        verbs,
        ...(own === undefined && { scope: 'Cluster' }),
        ...(users && { account: false, users }),
      } as JsonObject,
    ];
  });
  const isLevel0 = textAt(cloud.spec, 'level') === '0';
  if (!isLevel0)
    report.changed(
      cloud,
      'its account may do all in its namespace, because EMCO applies apps with the rights of the cluster whatever the permissions say: take away what is not needed',
    );
  // The user has what EMCO's permissions say, and the account what apps need.
  return [...permissions, { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
}

function textsOf(value: Json | undefined): readonly string[] {
  return items(value).flatMap((item) => (typeof item === 'string' ? [item] : []));
}

function tellReference(document: EmcoDocument, path: string, { report }: Import): void {
  report.carried(document, path);
  const address = textAt(document.spec, 'loadbalancerIp') ?? textAt(document.spec, 'loadBalancerIP');
  if (address !== undefined && address !== '0.0.0.0')
    report.leftPart(document, { what: 'loadBalancerIP', reason: 'EMCO wrote it into kubeconfigs, which are not made here' });
}
