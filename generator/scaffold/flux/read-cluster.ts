import { shellWord } from '../../lib/shell-word.ts';
import { isSopsEncrypted, namespaceOf } from '../../lib/kube-names.ts';
import { isJsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { member, scalarText, textAt } from '../emco/members.ts';
import { gather } from '../gitops/gather.ts';
import type { ClusterName, Release, Surroundings, Unit } from '../gitops/model.ts';
import { buildOriginal } from '../gitops/original.ts';
import { titleOf } from '../gitops/sort-out.ts';
import { type Fault, isFault } from '../gitops/source-tree.ts';
import type { Place } from '../import-report.ts';
import { fluxName, isFluxKind, reasonAgainst } from './kinds.ts';
import { type FluxKustomization, readKustomization, sourceOf, tellFields } from './kustomization.ts';
import { type FoundRelease, readRelease, tellRelease } from './releases.ts';
import { substitute } from './substitute.ts';
import { type FluxSync, readSync } from './sync.ts';

/** A cluster as its folder describes it. */
export interface FluxCluster {
  readonly cluster: ClusterName;
  readonly folder: string;
  readonly sync: FluxSync;
  readonly units: readonly Unit[];
  readonly releases: readonly Release[];
  /** All that Flux applies, its own kinds apart but for what charts are made of. */
  readonly originals: readonly KubeObject[];
  /** Flux's objects that have to let go. */
  readonly kustomizations: readonly FluxKustomization[];
  readonly helmReleases: readonly FoundRelease[];
  /** Kustomizations that keep what they apply. */
  readonly kept: readonly string[];
}

interface Reading {
  readonly cluster: ClusterName;
  readonly sync: FluxSync;
  readonly surroundings: Surroundings;
  readonly units: Unit[];
  readonly originals: KubeObject[];
  readonly sources: Map<string, KubeObject>;
  readonly releases: FoundRelease[];
  readonly done: FluxKustomization[];
  readonly kept: string[];
  readonly queue: { readonly object: KubeObject; readonly place: Place }[];
}

const MOST_KUSTOMIZATIONS = 500;

/** Follows a cluster's folder as Flux does. What cannot be carried over is told; only a folder that is none of Flux's is a fault. */
export async function readCluster(
  { cluster, folder }: { readonly cluster: ClusterName; readonly folder: string },
  surroundings: Surroundings,
): Promise<FluxCluster | Fault> {
  const sync = await readSync(folder, surroundings.tree);
  if (isFault(sync)) return sync;
  const reading: Reading = {
    cluster,
    sync,
    surroundings,
    units: [],
    originals: [],
    sources: new Map([[`GitRepository ${fluxName(sync.source.object)}`, sync.source.object]]),
    releases: [],
    done: [],
    kept: [],
    queue: [],
  };
  const root = readKustomization(sync.root.object, sync.root.place);
  if (typeof root === 'string') return { place: sync.root.place, reason: root };
  const fault = await readUnit({ ...root, folder }, { reading, isRoot: true });
  if (fault) return fault;
  await readQueue(reading);
  const releases = reading.releases.flatMap((found) => releaseOf(found, reading));
  const { units, originals, done, kept } = reading;
  return { cluster, folder, sync, units, releases, originals, kustomizations: done, helmReleases: reading.releases, kept };
}

/** Kustomizations that need what others apply come after these. */
async function readQueue(reading: Reading): Promise<void> {
  const later: FluxKustomization[] = [];
  const seen = new Set([fluxName(reading.sync.root.object)]);
  for (let next = reading.queue.shift(); next; next = reading.queue.shift()) {
    const title = fluxName(next.object);
    if (seen.has(title) || seen.size > MOST_KUSTOMIZATIONS) continue;
    seen.add(title);
    const asked = readKustomization(next.object, next.place);
    const reason = typeof asked === 'string' ? asked : reasonOfSource(next.object, reading);
    if (typeof asked === 'string' || reason !== undefined) leave(next, reason ?? '', reading);
    else if (asked.substituteFrom.length > 0) later.push(asked);
    else await orLeave(asked, reading);
  }
  for (const asked of later) {
    const variables = variablesOf(asked, reading);
    if (typeof variables === 'string') leave(asked, variables, reading);
    else await orLeave({ ...asked, substitute: variables, substituteFrom: [] }, reading);
  }
  if (reading.queue.length > 0) await readQueue(reading);
}

async function orLeave(asked: FluxKustomization, reading: Reading): Promise<void> {
  const fault = await readUnit(asked, { reading, isRoot: false });
  if (fault) leave({ ...asked, place: fault.place }, fault.reason, reading);
}

function leave(
  { object, place }: { readonly object: KubeObject; readonly place: Place },
  reason: string,
  { surroundings, kept }: Reading,
): void {
  kept.push(fluxName(object));
  surroundings.report.add('left', { place, what: `Kustomization ${fluxName(object)}`, reason });
}

function reasonOfSource(object: KubeObject, { sync, sources }: Reading): string | undefined {
  const name = sourceOf(object);
  const source = sources.get(name);
  const url = textAt(source?.['spec'], 'url');
  if (name === `GitRepository ${fluxName(sync.source.object)}` || (url !== undefined && url === textAt(sync.source.object['spec'], 'url')))
    return undefined;
  const where = url === undefined ? name : `${name} (${url})`;
  const command = url === undefined || !name.startsWith('GitRepository') ? 'get its files' : `git clone ${shellWord(url)}`;
  return `its source is ${where}, another one than the cluster's: ${command}, then make a package of it with espalier new app --from`;
}

/** What ConfigMaps of the repository say; a text names the first that is not there. */
function variablesOf(asked: FluxKustomization, { originals }: Reading): ReadonlyMap<string, string> | string {
  const variables = new Map<string, string>();
  const home = namespaceOf(asked.object);
  for (const { kind, name, isOptional } of asked.substituteFrom) {
    const found = originals.find((object) => object.kind === kind && object.metadata.name === name && namespaceOf(object) === home);
    const data = kind === 'ConfigMap' && found ? member(found, 'data') : undefined;
    if (isJsonObject(data)) for (const [key, value] of Object.entries(data)) variables.set(key, scalarText(value));
    else if (!isOptional || kind === 'Secret')
      return `postBuild.substituteFrom takes values from ${kind} ${name}, which is not in the files: write them into postBuild.substitute, and import again`;
  }
  for (const [key, value] of asked.substitute) variables.set(key, value);
  return variables;
}

async function readUnit(
  asked: FluxKustomization,
  { reading, isRoot }: { readonly reading: Reading; readonly isRoot: boolean },
): Promise<Fault | undefined> {
  const { sync, surroundings } = reading;
  const instead = new Map([
    [`${sync.home}/kustomization.yaml`, 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- gotk-sync.yaml\n'],
  ]);
  const inHome = isRoot ? sync.home.slice(asked.folder === '' ? 0 : asked.folder.length + 1) : undefined;
  const gathered = await gather(asked.folder, {
    tree: surroundings.tree,
    by: asked.place,
    ...(isRoot && { instead }),
    isTaken: (path) => inHome === undefined || path !== `${inHome}/gotk-components.yaml`,
  });
  if (isFault(gathered)) return gathered;
  const components = (asked.over['components'] ?? []) as readonly string[];
  const files = new Map(gathered.files);
  for (const component of components) {
    const more = await gather(component, { tree: surroundings.tree, by: asked.place });
    if (isFault(more)) return more;
    for (const [path, text] of more.files) files.set(path, text);
  }
  const over = components.length === 0 ? asked.over : { ...asked.over, components: components.map((path) => `tree/${path}`) };
  const built = await buildOriginal({ folder: asked.folder, files }, { over, kustomizer: surroundings.kustomizer });
  if (typeof built === 'string') return { place: asked.place, reason: `kustomize cannot build it: ${built}` };
  const replaced = asked.isSubstituted ? substitute(withMetadata(built, asked), asked.substitute) : built;
  if (typeof replaced === 'string') return { place: asked.place, reason: replaced };
  keep(asked, { objects: replaced, gathered, reading });
  return undefined;
}

function withMetadata(objects: readonly KubeObject[], { metadata: { labels, annotations } }: FluxKustomization): readonly KubeObject[] {
  if (Object.keys(labels).length === 0 && Object.keys(annotations).length === 0) return objects;
  return objects.map((object) => {
    const own = (key: string): object => (isJsonObject(object.metadata[key]) ? object.metadata[key] : {});
    return {
      ...object,
      metadata: {
        ...object.metadata,
        ...(Object.keys(labels).length > 0 && { labels: { ...own('labels'), ...labels } }),
        ...(Object.keys(annotations).length > 0 && { annotations: { ...own('annotations'), ...annotations } }),
      },
    };
  });
}

interface Keeping {
  readonly objects: readonly KubeObject[];
  readonly gathered: Unit['source']['gathered'];
  readonly reading: Reading;
}

function keep(asked: FluxKustomization, { objects, gathered, reading }: Keeping): void {
  const { cluster, surroundings, sync } = reading;
  const { report, tree } = surroundings;
  const own = new Set([sync.source.object, sync.root.object].map((object) => `${object.kind} ${fluxName(object)}`));
  const plain = objects.filter((object) => !isFluxKind(object));
  const placeFor = (object: KubeObject): Place => {
    const written = tree.written(object, gathered.files);
    return written ? { file: written.file.path, line: written.document.locate([]).line } : asked.place;
  };
  for (const object of objects) {
    if (!isFluxKind(object) || own.has(`${object.kind} ${fluxName(object)}`)) continue;
    const place = placeFor(object);
    const reason = reasonAgainst(object);
    if (reason !== undefined) report.add('left', { place, what: `${object.kind} ${fluxName(object)}`, reason });
    else if (object.kind === 'Kustomization') reading.queue.push({ object, place });
    else if (object.kind === 'HelmRelease')
      reading.releases.push({ object, place, cluster, unit: asked.object.metadata.name, dependsOn: asked.dependsOn });
    else reading.sources.set(`${object.kind} ${fluxName(object)}`, object);
  }
  reading.originals.push(...plain);
  const isLocked = (object: KubeObject): boolean => asked.keys !== undefined && isSopsEncrypted(object);
  for (const object of plain.filter(isLocked))
    report.add('left', {
      place: placeFor(object),
      what: titleOf(object),
      reason: `SOPS encrypted it for the keys in Secret "${asked.keys ?? ''}", and the controller has others; it stays on the cluster as it is`,
    });
  const kept = plain.filter((object) => !isLocked(object));
  reading.done.push(asked);
  tellFields(asked, report);
  reading.units.push({
    cluster,
    // What lies in the cluster's own folder is no app of Flux's.
    name: asked.object === sync.root.object ? 'root' : asked.object.metadata.name,
    title: asked.title,
    place: asked.place,
    objects: kept,
    source: {
      gathered,
      over: asked.over,
      isSubstituted: asked.isSubstituted || asked.over['components'] !== undefined,
    },
    delivery: asked.delivery,
    dependsOn: asked.dependsOn,
    account: asked.account,
  });
}

function releaseOf(found: FoundRelease, { sources, surroundings, originals }: Reading): readonly Release[] {
  const release = readRelease(found, { sources, surroundings });
  if (typeof release === 'string') {
    surroundings.report.add('left', { place: found.place, what: `HelmRelease ${fluxName(found.object)}`, reason: release });
    return [];
  }
  originals.push(found.object);
  surroundings.report.add('carried', { place: found.place, what: release.title, to: `app ${release.name}` });
  tellRelease(found, release, surroundings);
  return [release];
}
