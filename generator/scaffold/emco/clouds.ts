import type { JsonObject } from '../../model/json.ts';
import { annotationsOf } from './annotations.ts';
import type { Import } from './context.ts';
import { intentFile } from './intent-file.ts';
import { present, textAt, textOf } from './members.ts';
import type { CloudFacts, EmcoDocument, Intent } from './model.ts';
import { slug } from './names.ts';
import { permissionsOf, usersOf } from './permissions.ts';
import { quotaOf } from './quotas.ts';
import { titleOf } from './report.ts';

/** A logical cloud as it is going to be written, so that what it holds can be told before. */
export interface Cloud extends CloudFacts {
  readonly document: EmcoDocument;
  readonly clusters: readonly JsonObject[];
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
      const isAdmins = textAt(document.spec, 'level') === '0';
      clouds.set(cloudKey(project, document.name), {
        document,
        name,
        clusters,
        isAdmins,
        namespace: namespaceOf(document, { isAdmins, context }),
      });
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

function namespaceOf(document: EmcoDocument, { isAdmins, context }: { readonly isAdmins: boolean; readonly context: Import }): string {
  const asked = slug(textAt(document.spec, 'namespace') ?? '');
  if (isAdmins) return asked === '' ? 'default' : asked;
  const cloud = context.naming.cloud(document.scope[0] ?? '', document.name);
  const project = context.naming.project(document.scope[0] ?? '');
  const wishes = [asked, cloud, `${project}-${cloud}`];
  return wishes.find((name) => name !== '' && name.length <= 63 && !isReserved(name, context)) ?? cloud;
}

/** Namespaces that are no tenant's. */
function isReserved(name: string, { reserved }: Import): boolean {
  return name === 'default' || name.startsWith('kube-') || reserved.has(name);
}

interface Writing {
  /** Whether an app of it is a chart that the agent installs. */
  readonly charts: boolean;
  readonly context: Import;
}

/** Writes a logical cloud. */
export function writeCloud(cloud: Cloud, { charts, context }: Writing): void {
  const { naming, report, files, shelf } = context;
  const { document, name } = cloud;
  const at = naming.project(document.scope[0] ?? '');
  const path = `intents/${at}/${name}.cloud.yaml`;
  const spec = cloud.isAdmins ? adminsSpec(cloud, context) : tenantSpec(cloud, { path, charts, context });
  const metadata = present({ name, namespace: at, annotations: annotationsOf(document) });
  files.push(intentFile(path, { origin: titleOf(document), intent: { kind: 'LogicalCloud', metadata, spec } }));
  report.carried(document, path);
  for (const reference of shelf.in('cloud-cluster', [...document.scope, document.name]))
    if (!report.isTold(reference)) tellReference(reference, path, context);
}

/** EMCO makes nothing for a cloud of level 0, and so of nothing that bounds it. */
function adminsSpec({ document, namespace, clusters }: Cloud, { shelf, report }: Import): Intent['spec'] {
  const reason = 'its logical cloud is of level 0, for which EMCO makes nothing of it';
  for (const kind of ['quota', 'permission'] as const)
    for (const bound of shelf.in(kind, [...document.scope, document.name])) report.left(bound, reason);
  for (const part of ['user', 'labels'])
    if (document.spec[part] !== undefined) report.leftPart(document, { what: `"${part}"`, reason: 'EMCO makes nothing of it at level 0' });
  return { level: 0, namespace, clusters };
}

function tenantSpec(cloud: Cloud, { path, charts, context }: Writing & { readonly path: string }): Intent['spec'] {
  const { document, namespace, clusters } = cloud;
  tellTenant(cloud, context);
  return {
    namespace,
    clusters,
    labels: labelsOf(document),
    podSecurity: 'privileged',
    quota: quotaOf(document, path, context),
    ...(charts && { charts: true }),
    permissions: permissionsOf(document, { path, namespace, context }),
  };
}

function tellTenant({ document, namespace }: Cloud, { report }: Import): void {
  const asked = textAt(document.spec, 'namespace');
  if (asked !== undefined && asked !== namespace)
    report.changed(document, `its namespace is "${namespace}": no tenant may have "${asked}". What runs there now is installed anew in it`);
  report.changed(document, 'podSecurity is privileged, because EMCO enforces nothing: "restricted" is the default here, and safer');
  const [user] = usersOf(document) ?? [];
  if (user !== undefined)
    report.changed(
      document,
      `user "${user}" has the permissions by that name, but gets no certificate: it is what the API server must know the user by`,
    );
}

function labelsOf({ spec }: EmcoDocument): JsonObject | undefined {
  const labels = spec['labels'];
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return undefined;
  const texts = Object.entries(labels).flatMap(([key, value]) =>
    textOf(value) === undefined ? [] : [[key, textOf(value) ?? ''] as const],
  );
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

function tellReference(document: EmcoDocument, path: string, { report }: Import): void {
  report.carried(document, path);
  const address = textAt(document.spec, 'loadbalancerIp') ?? textAt(document.spec, 'loadBalancerIP');
  if (address !== undefined && address !== '0.0.0.0')
    report.leftPart(document, { what: 'loadBalancerIP', reason: 'EMCO wrote it into kubeconfigs, which are not made here' });
}
