import { printYaml } from '../../lib/yaml/print.ts';
import { isJsonObject } from '../../model/json.ts';
import type { FolderEntry } from '../../model/ports.ts';
import type { Place } from '../import-report.ts';
import { isRemote, KUSTOMIZATIONS, type Reference, referencesOf, resolveFrom } from '../import/references.ts';
import { type Fault, isFault, type SourceTree } from './source-tree.ts';

/** What a folder is built from: the files that its kustomization reaches, or its manifests, with a kustomization made for them. */
export interface Gathered {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  /** Folders that the folder's kustomization lists among its resources, if there is one: what it is laid over. */
  readonly bases: readonly string[];
  /** Whether the folder has a kustomization of its own. */
  readonly isKustomization: boolean;
}

/** How manifests of a folder without a kustomization are found. */
export interface Gathering {
  readonly tree: SourceTree;
  /** Who names the folder. */
  readonly by: Place;
  readonly recurse?: boolean;
  /** Files that are taken, by their path below the folder. Default: all manifests. */
  readonly isTaken?: (path: string) => boolean;
  /** Read as if they said this. */
  readonly instead?: ReadonlyMap<string, string>;
}

interface Walk extends Gathering {
  readonly files: Map<string, string>;
  readonly seen: Set<string>;
  readonly faults: Fault[];
  objects: number;
}

/** Kustomize looks each object up among all others. */
const MOST_OBJECTS = 1000;
const DEEPEST = 12;

export async function gather(folder: string, gathering: Gathering): Promise<Gathered | Fault> {
  const walk: Walk = { ...gathering, files: new Map(), seen: new Set(), faults: [], objects: 0 };
  const { by, tree } = gathering;
  const listing = await tree.list(folder);
  if (!listing) return { place: by, reason: `there is no folder "${folder}", or it lies behind a symbolic link` };
  const own = kustomizationIn(listing);
  const bases = own === undefined ? [] : await walkFolder(folder, by, walk);
  if (own === undefined) await takeManifests(folder, walk);
  const [fault] = walk.faults;
  if (fault) return fault;
  if (walk.objects > MOST_OBJECTS) return { place: by, reason: `"${folder}" holds more than ${MOST_OBJECTS} objects` };
  return { folder, files: walk.files, bases, isKustomization: own !== undefined };
}

function kustomizationIn(listing: readonly FolderEntry[]): string | undefined {
  return KUSTOMIZATIONS.find((name) => listing.some((entry) => entry.name === name && entry.kind !== 'folder'));
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Takes a kustomization and all that it reaches; gives the folders among its resources. */
async function walkFolder(folder: string, by: Place, walk: Walk): Promise<readonly string[]> {
  if (walk.seen.has(folder)) return [];
  walk.seen.add(folder);
  const listing = await walk.tree.list(folder);
  const name = listing && kustomizationIn(listing);
  if (name === undefined) {
    walk.faults.push({ place: by, reason: `"${folder}" has no kustomization, or lies behind a symbolic link` });
    return [];
  }
  const path = within(folder, name);
  const instead = walk.instead?.get(path);
  if (instead !== undefined) {
    walk.files.set(path, instead);
    for (const file of listing ?? []) if (file.name === 'gotk-sync.yaml') await take(within(folder, file.name), 'resource', walk);
    return [];
  }
  const file = await walk.tree.yaml(path);
  if (isFault(file)) {
    walk.faults.push(file);
    return [];
  }
  walk.files.set(path, file.text);
  const document = file.documents.find(({ value }) => value !== null);
  if (!document || !isJsonObject(document.value)) return [];
  const place = { file: path, line: document.locate([]).line };
  const bases: string[] = [];
  for (const reference of referencesOf(document.value)) {
    const base = await follow(reference, { folder, place, walk });
    if (base !== undefined) bases.push(base);
  }
  return bases;
}

interface Following {
  readonly folder: string;
  readonly place: Place;
  readonly walk: Walk;
}

async function follow({ path, as }: Reference, { folder, place, walk }: Following): Promise<string | undefined> {
  if (isRemote(path)) {
    walk.faults.push({ place, reason: `"${path}" is fetched from elsewhere: copy what it is into the repository first` });
    return undefined;
  }
  const target = resolveFrom(folder, path);
  if (target === undefined) {
    walk.faults.push({ place, reason: `"${path}" lies outside of the repository` });
    return undefined;
  }
  const isFolder = as !== 'file' && as !== 'patch' && (as === 'folder' || (await walk.tree.list(target)) !== undefined);
  if (!isFolder) {
    await take(target, as, walk);
    return undefined;
  }
  await walkFolder(target, place, walk);
  return as === 'resource' ? target : undefined;
}

async function take(path: string, as: Reference['as'], walk: Walk): Promise<void> {
  if (walk.files.has(path)) return;
  const file = as === 'file' ? await walk.tree.text(path) : await walk.tree.yaml(path);
  if (isFault(file)) {
    walk.faults.push(file);
    return;
  }
  walk.files.set(path, file.text);
  if (as === 'resource') walk.objects += file.documents.length;
}

/** As Flux does where there is no kustomization: all manifests, and folders that have a kustomization as a whole. */
async function takeManifests(folder: string, walk: Walk): Promise<void> {
  const resources: string[] = [];
  await takeBelow('', { folder, walk, resources, depth: 0 });
  const list = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources };
  walk.files.set(within(folder, 'kustomization.yaml'), printYaml(list));
}

interface Below {
  readonly folder: string;
  readonly walk: Walk;
  readonly resources: string[];
  readonly depth: number;
}

async function takeBelow(inner: string, { folder, walk, resources, depth }: Below): Promise<void> {
  const whole = inner === '' ? folder : within(folder, inner);
  const listing = (await walk.tree.list(whole)) ?? [];
  if (inner !== '' && kustomizationIn(listing) !== undefined) {
    resources.push(inner);
    await walkFolder(whole, walk.by, walk);
    return;
  }
  for (const { name, kind } of listing) {
    const path = within(inner, name);
    if (kind === 'folder' && walk.recurse !== false && depth < DEEPEST && name !== '.git')
      await takeBelow(path, { folder, walk, resources, depth: depth + 1 });
    else if (kind !== 'folder' && /\.ya?ml$/.test(name) && (walk.isTaken?.(path) ?? true)) {
      resources.push(path);
      await take(within(folder, path), 'resource', walk);
    }
  }
}
