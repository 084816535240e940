import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { printable } from '../../lib/printable.ts';
import { parseYaml, type YamlDocument } from '../../lib/yaml/parse.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject } from '../../model/json.ts';
import type { FolderReader } from '../../model/ports.ts';
import { isRemote, KUSTOMIZATIONS, referencesOf, type Reference, resolveFrom } from './references.ts';

/** A file to take over. `manifest`: objects; `patch`: parts of objects; `other`: text that kustomize reads. */
export interface TakenFile {
  readonly path: string;
  readonly text: string;
  readonly role: 'kustomization' | 'manifest' | 'patch' | 'other';
  /** Of YAML files. */
  readonly documents: readonly YamlDocument[];
}

export interface Collected {
  readonly files: readonly TakenFile[];
  /** Files to list in a kustomization that is still to be written; `undefined`: there is one at the top. */
  readonly listed: readonly string[] | undefined;
  readonly notes: readonly string[];
  readonly problems: readonly Diagnostic[];
}

export interface CollectRequest {
  readonly folder: FolderReader;
  /** The folder as it was given, for people. */
  readonly from: string;
  /** The folder of the kustomization to begin with, if it is not the top. */
  readonly entry?: string | undefined;
}

interface Walk extends CollectRequest {
  readonly files: Map<string, TakenFile>;
  readonly folders: Set<string>;
  readonly notes: string[];
  readonly problems: Diagnostic[];
  size: number;
}

const IS_MANIFEST = /\.(?:ya?ml|json)$/;
const MOST_FILES = 500;
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** Finds the files that make up an app: what the kustomization reaches, or the folder's own manifests. */
export async function collect(request: CollectRequest): Promise<Collected> {
  const walk: Walk = { ...request, files: new Map(), folders: new Set(), notes: [], problems: [], size: 0 };
  const listed = await begin(walk);
  const files = [...walk.files.values()];
  if (walk.problems.length === 0 && !files.some(({ role }) => role === 'manifest' || role === 'kustomization'))
    walk.problems.push(await nothingFound(walk));
  return { files, listed, notes: walk.notes, problems: walk.problems };
}

async function begin(walk: Walk): Promise<readonly string[] | undefined> {
  const { folder, from, entry } = walk;
  const top = await folder.list('');
  if (!top) {
    none(walk, `there is no folder ${show(from)}`, 'Name a folder with manifests or a kustomization');
    return undefined;
  }
  if (entry !== undefined && entry !== '') {
    await takeFolder(entry, { walk, by: '--entry' });
    return [entry];
  }
  if (top.some(({ name }) => KUSTOMIZATIONS.includes(name))) {
    await takeFolder('', { walk, by: from });
    return undefined;
  }
  if (top.some(({ name }) => name === 'Chart.yaml')) {
    none(walk, `${show(from)} is a Helm chart`, 'Render it into a folder first, with helm template and --output-dir');
    return undefined;
  }
  return takeManifests(top, walk);
}

type Listing = NonNullable<Awaited<ReturnType<FolderReader['list']>>>;

/** Links that are no manifest by their name; one that is, is refused. */
function linksIn(listing: Listing): readonly string[] {
  return listing.filter(({ name, kind }) => kind === 'link' && !IS_MANIFEST.test(name)).map(({ name }) => show(name));
}

async function takeManifests(top: Listing, walk: Walk): Promise<readonly string[]> {
  const listed: string[] = [];
  walk.notes.push(...linksIn(top).map((name) => `${name} is a symbolic link, which is not followed: it was left out`));
  for (const { name, kind } of top.filter((one) => IS_MANIFEST.test(one.name) && one.kind !== 'folder')) {
    if (kind === 'link') refuse(walk, { what: show(name), reason: 'it is a symbolic link', hint: 'Put a copy of the file in its place' });
    else if (await take(name, { role: 'manifest', walk })) listed.push(name);
  }
  return listed;
}

const DEEPEST = 3;
const MOST_FOLDERS = 100;
const MOST_NAMED = 4;

/** Folders below that hold a kustomization, overlays before what they are laid over, as far as depth tells. */
async function kustomizationsBelow(folder: FolderReader): Promise<readonly string[]> {
  const found: string[] = [];
  let level = [''];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const path of level.slice(0, MOST_FOLDERS)) {
      const listing = (await folder.list(path)) ?? [];
      if (listing.some(({ name, kind }) => kind !== 'folder' && KUSTOMIZATIONS.includes(name))) found.unshift(path);
      const below = listing.filter(({ kind }) => kind === 'folder').map(({ name }) => (path === '' ? name : `${path}/${name}`));
      next.push(...below.sort().reverse());
    }
    level = next;
  }
  return found.slice(0, MOST_NAMED);
}

async function nothingFound({ folder, from }: Walk): Promise<Diagnostic> {
  const top = (await folder.list('')) ?? [];
  const [link] = linksIn(top);
  const folders = top.filter(({ kind }) => kind === 'folder').map(({ name }) => name);
  const withFiles: string[] = [];
  for (const name of folders.slice(0, 50)) {
    if ((await folder.list(name))?.some((one) => /\.ya?ml$/.test(one.name)) === true) withFiles.push(name);
  }
  if (link !== undefined && withFiles.length === 0) {
    const reason = `folder ${show(from)} has none, and ${link} in it is a symbolic link, which is not followed`;
    return diagnose('no-manifests', { reason, hint: 'Name the folder that the link leads to' }, { reach: RUN });
  }
  const entries = await kustomizationsBelow(folder);
  if (entries.length > 0) {
    const hint = `Say which of its kustomizations to take: ${entries.map((path) => `--entry ${show(path)}`).join(', or ')}`;
    return diagnose('no-manifests', { reason: `folder ${show(from)} has none itself`, hint }, { reach: RUN });
  }
  const hint =
    withFiles.length === 0
      ? 'Name a folder with Kubernetes manifests or a kustomization'
      : `Name the folder that holds them, such as ${show(`${from.replace(/\/$/, '')}/${withFiles[0] ?? ''}`)}`;
  return diagnose('no-manifests', { reason: `folder ${show(from)} has none`, hint }, { reach: RUN });
}

interface Step {
  readonly walk: Walk;
  /** Who names it. */
  readonly by: string;
}

async function takeFolder(path: string, { walk, by }: Step): Promise<void> {
  if (walk.folders.has(path)) return;
  walk.folders.add(path);
  const entries = await walk.folder.list(path);
  const name = KUSTOMIZATIONS.find((each) => entries?.some((entry) => entry.name === each && entry.kind !== 'folder'));
  if (!entries || name === undefined) {
    const reason = entries ? 'the folder has no kustomization' : 'there is no such folder, or it is a symbolic link';
    refuse(walk, { what: show(path), reason, hint: `Look at where it is named, in ${show(by)}` });
    return;
  }
  const file = path === '' ? name : `${path}/${name}`;
  const taken = await take(file, { role: 'kustomization', walk });
  const value = taken?.documents.find((document) => document.value !== null)?.value;
  if (!isJsonObject(value)) return;
  for (const reference of referencesOf(value)) await follow(reference, { walk, by: file, folder: path });
}

async function follow({ path, as }: Reference, { walk, by, folder }: Step & { readonly folder: string }): Promise<void> {
  if (isRemote(path)) {
    const hint = 'Copy what it fetches into the folder, and name the copy: a template is closed, and builds without a network';
    refuse(walk, { what: `${show(path)}, which ${show(by)} names`, reason: 'it is not in the folder but fetched', hint });
    return;
  }
  const target = resolveFrom(folder, path);
  if (target === undefined) {
    refuse(walk, { what: `${show(path)}, which ${show(by)} names`, reason: 'it lies outside the folder', hint: wider(walk, folder, path) });
    return;
  }
  const isFolder = as !== 'file' && as !== 'patch' && (as === 'folder' || (await walk.folder.list(target)) !== undefined);
  if (isFolder) await takeFolder(target, { walk, by });
  else await take(target, { role: as === 'resource' ? 'manifest' : as === 'patch' ? 'patch' : 'other', walk });
}

/** How to take over the folder that holds what is named outside of this one, too. */
function wider({ from, entry }: Walk, folder: string, path: string): string {
  const steps = from.split('/').filter((step) => step !== '' && step !== '.');
  const up = path.split('/').filter((step) => step === '..').length - folder.split('/').filter((step) => step !== '').length;
  const rest = steps.slice(-up);
  if (path.startsWith('/') || up > steps.length || rest.includes('..'))
    return 'Take over a folder that holds both, with --entry for the kustomization in it';
  const top = (from.startsWith('/') ? '/' : '') + steps.slice(0, -up).join('/');
  return `Take over the folder that holds both: --from ${top === '' ? '.' : top} --entry ${[...rest, ...(entry === undefined ? [] : [entry])].join('/')}`;
}

/** Reads a file, once. */
async function take(
  path: string,
  { role, walk }: { readonly role: TakenFile['role']; readonly walk: Walk },
): Promise<TakenFile | undefined> {
  const known = walk.files.get(path);
  if (known) return known;
  const fault = faultOf(path, walk.files);
  const read = fault ?? (await walk.folder.read(path));
  if ('reason' in read) {
    refuse(walk, { what: show(path), reason: read.reason, hint: fault?.hint ?? 'Mend it, or take it out of the folder' });
    return undefined;
  }
  walk.size += read.text.length;
  if (walk.files.size >= MOST_FILES || walk.size > MOST_CHARACTERS) {
    const reason = `there are more than ${MOST_FILES} files or ${MOST_CHARACTERS / 1024 / 1024} MiB`;
    if (walk.problems.length === 0) refuse(walk, { what: show(walk.from), reason, hint: 'Name a folder that holds one app' });
    return undefined;
  }
  const { documents, problems } = role === 'other' ? { documents: [], problems: [] } : parseYaml(read.text);
  const [problem] = problems;
  if (problem) {
    refuse(walk, { what: `${show(path)}, line ${problem.line}`, reason: problem.message, hint: mendYaml(read.text) });
    return undefined;
  }
  if (role === 'manifest' && !documents.some(({ value }) => isObject(value))) {
    walk.notes.push(`${path} holds no Kubernetes object and was left out`);
    return undefined;
  }
  const file: TakenFile = { path, text: read.text, role, documents };
  walk.files.set(path, file);
  return file;
}

function mendYaml(text: string): string {
  return text.includes('{{') ? 'It looks like a template of a chart: render it first, with helm template' : 'Mend the YAML';
}

function faultOf(path: string, files: ReadonlyMap<string, unknown>): { readonly reason: string; readonly hint: string } | undefined {
  const folded = path.normalize('NFC').toLowerCase();
  const twin = [...files.keys()].find((other) => other.normalize('NFC').toLowerCase() === folded);
  if (twin !== undefined) return { reason: `it differs from ${show(twin)} in case only`, hint: 'Rename one of them' };
  if (printable(path) !== path) return { reason: 'its name holds invisible characters', hint: 'Rename it' };
  if (path === 'template.yaml') return { reason: 'a template package has a file of this name of its own', hint: 'Rename it' };
  if (path.endsWith('.hbs')) return { reason: 'its name ends in .hbs, as those of files with places for values do', hint: 'Rename it' };
  return undefined;
}

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value;
}

function refuse({ problems }: Walk, args: { readonly what: string; readonly reason: string; readonly hint: string }): void {
  problems.push(diagnose('manifest-not-taken', args, { reach: RUN }));
}

function none({ problems }: Walk, reason: string, hint: string): void {
  problems.push(diagnose('no-manifests', { reason, hint }, { reach: RUN }));
}

function show(path: string): string {
  return printable(JSON.stringify(path));
}
