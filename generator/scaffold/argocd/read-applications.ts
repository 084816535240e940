import { shellWord } from '../../lib/shell-word.ts';
import { counted } from '../../lib/words.ts';
import { isClusterScoped, namespaceOf } from '../../lib/kube-names.ts';
import type { KubeObject } from '../../model/kube.ts';
import { isJsonObject } from '../../model/json.ts';
import { gather, type Gathered } from '../gitops/gather.ts';
import type { ClusterName, Release, Surroundings, Unit } from '../gitops/model.ts';
import { buildOriginal } from '../gitops/original.ts';
import { titleOf } from '../gitops/sort-out.ts';
import { type Fault, isFault } from '../gitops/source-tree.ts';
import { type ArgoApplication, chartFolder, readApplication, tellApplication } from './application.ts';
import { applicationsOf } from './application-sets.ts';
import { readChart } from './charts.ts';
import { type ArgoCluster, type ArgoDocument, argoName, argoTitle, isArgoKind } from './documents.ts';
import { globMatcher } from './glob.ts';

export interface FoundApplications {
  readonly units: readonly Unit[];
  readonly releases: readonly Release[];
  readonly originals: ReadonlyMap<ClusterName, readonly KubeObject[]>;
  /** What has to let go: Applications that bring others, Applications, and what makes them. */
  readonly parents: readonly ArgoApplication[];
  readonly applications: readonly (ArgoApplication & { readonly cluster: ClusterName })[];
  readonly sets: readonly ArgoDocument[];
  /** Which of them make which, by title: `Application argocd/root`. */
  readonly brings: readonly { readonly by: string; readonly what: string }[];
  /** What stays as it is. */
  readonly kept: readonly string[];
  /** Destinations that nobody has named here. */
  readonly unknown: readonly string[];
}

export interface ApplicationsRequest {
  readonly applications: readonly ArgoDocument[];
  readonly sets: readonly ArgoDocument[];
  readonly clusters: readonly ArgoCluster[];
  /** The repository that is read, as Applications call it. */
  readonly isOwn: (repository: string) => boolean;
  readonly clusterOf: (destination: string) => ClusterName | undefined;
  readonly surroundings: Surroundings;
}

interface Reading extends ApplicationsRequest {
  readonly queue: (ArgoDocument & { readonly set?: string })[];
  /** Titles of what was read. */
  readonly seen: Set<string>;
  readonly found: {
    -readonly [K in keyof FoundApplications]: FoundApplications[K] extends readonly (infer T)[] ? T[] : Map<ClusterName, KubeObject[]>;
  };
}

const MOST_APPLICATIONS = 1000;

/** Follows Applications, and what they bring of their own kind. What cannot be carried over is told. */
export async function readApplications(request: ApplicationsRequest): Promise<FoundApplications> {
  const reading: Reading = {
    ...request,
    queue: [...request.applications],
    seen: new Set(),
    found: { units: [], releases: [], originals: new Map(), parents: [], applications: [], sets: [], brings: [], kept: [], unknown: [] },
  };
  await readQueue(reading);
  // A set that an Application brings is what that builds, which may be something else than the file that it is from.
  for (const set of request.sets) expand(set, reading);
  await readQueue(reading);
  return { ...reading.found, units: withNames(reading.found.units) };
}

async function readQueue(reading: Reading): Promise<void> {
  const { seen, surroundings } = reading;
  for (let next = reading.queue.shift(); next; next = reading.queue.shift()) {
    const name = argoName(next.object);
    const title = argoTitle(next.object);
    if (seen.has(title) || seen.size > MOST_APPLICATIONS) continue;
    seen.add(title);
    const reason = await readOne(next, reading);
    if (reason !== undefined) {
      reading.found.kept.push(name);
      const { place, reason: why } = typeof reason === 'string' ? { place: next.place, reason } : reason;
      surroundings.report.add('left', { place, what: title, reason: why });
    }
  }
}

function expand(set: ArgoDocument, { queue, seen, found, clusters, surroundings }: Reading): void {
  const what = argoTitle(set.object);
  if (seen.has(what)) return;
  seen.add(what);
  const made = applicationsOf(set, clusters);
  if (typeof made === 'string') {
    surroundings.report.add('left', { place: set.place, what, reason: made });
    found.kept.push(what);
    return;
  }
  surroundings.report.add('changed', {
    place: set.place,
    what,
    reason: `carried over ${made.length === 1 ? 'is' : 'are'} the ${counted(made.length, 'Application')} that it makes now; a deployment's placement says where an app runs`,
  });
  found.sets.push(set);
  for (const document of made) {
    found.brings.push({ by: what, what: argoTitle(document.object) });
    queue.push({ ...document, set: set.object.metadata.name });
  }
}

async function readOne(document: Reading['queue'][number], reading: Reading): Promise<string | Fault | undefined> {
  const { isOwn, clusterOf, surroundings, found } = reading;
  const application = readApplication(document);
  if (typeof application === 'string') return application;
  const { source, repository, destination } = application;
  if (source.kind === 'folder' && !isOwn(repository))
    return `its files are in ${repository}: git clone ${shellWord(repository)}, then import it from there with --git-root`;
  const cluster = clusterOf(destination);
  if (source.kind === 'chart') {
    if (cluster === undefined) return void found.unknown.push(destination);
    const release = readChart({ application, cluster, surroundings });
    if (typeof release === 'string') return release;
    found.releases.push(release);
    found.applications.push({ ...application, cluster });
    tellApplication(application, surroundings.report);
    surroundings.report.add('todo', {
      place: application.place,
      what: application.title,
      reason: 'what its chart renders was not compared: Argo CD renders it, before and after',
    });
    return undefined;
  }
  return readFolder(application, { document, cluster, reading });
}

interface OfFolder {
  readonly document: Reading['queue'][number];
  readonly cluster: ClusterName | undefined;
  readonly reading: Reading;
}

async function readFolder(application: ArgoApplication, { document, cluster, reading }: OfFolder): Promise<string | Fault | undefined> {
  const { surroundings, found } = reading;
  const { source, place } = application;
  if (source.kind !== 'folder') throw new Error('no folder');
  const gathered = await gatherFolder(application, surroundings);
  if (typeof gathered === 'string' || isFault(gathered)) return gathered;
  const built = await buildOriginal(gathered, { over: source.over, kustomizer: surroundings.kustomizer });
  if (typeof built === 'string') return `kustomize cannot build it: ${built}`;
  const own = built.filter(isArgoKind);
  for (const object of own) takeOwn(object, { application, within: gathered.files, reading });
  const plain = built.filter((object) => !isArgoKind(object)).map((object) => inNamespace(object, application.namespace));
  if (own.length > 0) found.parents.push(application);
  if (plain.length === 0 && own.length > 0) {
    surroundings.report.add('changed', {
      place,
      what: application.title,
      reason: 'it brings Applications, which are carried over one by one; the cluster’s root does that here',
    });
    return undefined;
  }
  if (cluster === undefined) return void found.unknown.push(application.destination);
  if (own.length === 0) found.applications.push({ ...application, cluster });
  tellApplication(application, surroundings.report);
  const objects = plain.filter((object) => !isHook(object));
  for (const object of plain.filter(isHook))
    surroundings.report.add('left', {
      place,
      what: titleOf(object),
      reason: 'it is a hook, which only a sync of Argo CD runs: with an app of its own and dependsOn, it would be an object like others',
    });
  found.originals.set(cluster, [...(found.originals.get(cluster) ?? []), ...plain]);
  found.units.push({
    cluster,
    name: document.set ?? application.object.metadata.name,
    title: application.title,
    place,
    objects,
    source: { gathered, over: source.over, isSubstituted: false },
    delivery: {},
    dependsOn: [],
  });
  return undefined;
}

/** The files that it is made of. */
async function gatherFolder({ source, place }: ArgoApplication, { tree }: Surroundings): Promise<Gathered | Fault | string> {
  if (source.kind !== 'folder') throw new Error('no folder');
  if (source.over['components'] !== undefined) return 'it adds components, which only its own kustomization can here';
  const listing = (await tree.list(source.folder)) ?? [];
  if (listing.some(({ name }) => name === 'Chart.yaml')) return chartFolder(source.folder);
  if (listing.some(({ name }) => name.endsWith('.jsonnet'))) return 'it is written in Jsonnet: render it once (argocd app manifests)';
  const [include, exclude] = [source.include, source.exclude].map((pattern) => (pattern === undefined ? undefined : globMatcher(pattern)));
  if ((source.include !== undefined && !include) || (source.exclude !== undefined && !exclude))
    return 'its include or exclude is not understood here';
  const isTaken = (path: string): boolean => (include?.(path) ?? true) && !(exclude?.(path) ?? false);
  return gather(source.folder, { tree, by: place, recurse: source.recurse, isTaken });
}

function takeOwn(
  object: KubeObject,
  {
    application,
    within,
    reading,
  }: { readonly application: ArgoApplication; readonly within: ReadonlyMap<string, string>; readonly reading: Reading },
): void {
  const written = reading.surroundings.tree.written(object, within);
  const place = written ? { file: written.file.path, line: written.document.locate([]).line } : application.place;
  reading.found.brings.push({ by: application.title, what: argoTitle(object) });
  if (object.kind === 'Application') reading.queue.push({ object, place });
  else if (object.kind === 'ApplicationSet') expand({ object, place }, reading);
  else if (object.kind === 'AppProject') tellProject({ object, place }, reading.surroundings);
  else reading.surroundings.report.add('left', { place, what: argoTitle(object), reason: 'nothing here is like it' });
}

export function tellProject({ object, place }: ArgoDocument, { report }: Surroundings): void {
  const reason =
    'each namespace becomes a logical cloud, whose clusters are its destinations and whose permissions bound it; roles, windows and source repositories of a project have no likeness';
  report.add('changed', { place, what: argoTitle(object), reason });
}

/** As Argo CD does for what names no namespace. */
function inNamespace(object: KubeObject, namespace: string | undefined): KubeObject {
  if (namespace === undefined || namespaceOf(object) !== undefined || isClusterScoped(object)) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

function isHook({ metadata: { annotations } }: KubeObject): boolean {
  return isJsonObject(annotations) && ['argocd.argoproj.io/hook', 'helm.sh/hook'].some((key) => Object.hasOwn(annotations, key));
}

/** Units of several clusters are one app where their names say so: made by one ApplicationSet, or called like one another but for the cluster. */
function withNames(units: readonly Unit[]): readonly Unit[] {
  const names = units.map((unit) => {
    const cluster = unit.cluster.slice(unit.cluster.indexOf('+') + 1);
    const { name } = unit;
    const short = name.endsWith(`-${cluster}`)
      ? name.slice(0, -cluster.length - 1)
      : name.startsWith(`${cluster}-`)
        ? name.slice(cluster.length + 1)
        : name;
    return { unit, short };
  });
  const isTwice = (cluster: ClusterName, short: string): boolean =>
    names.filter((one) => one.unit.cluster === cluster && one.short === short).length > 1;
  return names.map(({ unit, short }) => {
    const own = unit.title.slice(unit.title.lastIndexOf('/') + 1);
    return { ...unit, name: isTwice(unit.cluster, short) ? own : short };
  });
}
