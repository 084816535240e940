import { diagnose } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isJsonObject, type Json, type JsonObject, type JsonPath } from '../model/json.ts';
import type { Source } from '../model/source.ts';
import type { Finding, Where } from './finding.ts';
import { KNOWN_FIELDS, LISTED_FIELDS, NESTED_FIELDS, PATH_LISTS, REFUSED_FIELDS } from './kustomization-fields.ts';
import { field, folderOf, generatorPath, isInline, isYamlName, itemsOf, KUSTOMIZATION_NAMES, resolvePath } from './kustomization-files.ts';

/** A kustomization file with its values, and where its parts were written. */
export interface ReadKustomization {
  /** `undefined`: the file is no mapping. */
  readonly value: JsonObject | undefined;
  readonly at: (path: JsonPath, part?: 'key' | 'value') => Source;
}

export interface KustomizationCheck {
  readonly template: string;
  /** Names of all files of the package, after templating. */
  readonly names: ReadonlySet<string>;
  readonly read: (name: string) => ReadKustomization;
  /** The package's `template.yaml`, for what has no place of its own. */
  readonly manifest: Source;
}

interface Walk extends KustomizationCheck {
  readonly findings: Finding[];
  readonly seen: Set<string>;
}

interface Here extends ReadKustomization {
  readonly folder: string;
  readonly value: JsonObject;
}

/**
 * Checks every kustomization that the package's own reaches, before any engine sees them: what is listed is there, in the package, and
 * nothing fetches or runs anything. Kustomize's own rules for what is remote are wider than its documentation, so paths must be plain.
 */
export function checkKustomizations(request: KustomizationCheck): readonly Finding[] {
  const walk: Walk = { ...request, findings: [], seen: new Set() };
  checkFolder('', request.manifest, walk);
  return walk.findings;
}

function checkFolder(folder: string, listedAt: Source, walk: Walk): void {
  if (walk.seen.has(folder)) return;
  walk.seen.add(folder);
  const files = kustomizationsIn(folder, walk.names);
  const [name] = files;
  if (name === undefined) {
    report(walk, listedAt, (at) => diagnose('no-kustomization', { template: walk.template, folder }, at));
    return;
  }
  if (files.length > 1) {
    report(walk, listedAt, (at) => diagnose('several-kustomizations', { folder, files }, at));
    return;
  }
  const { value, at } = walk.read(name);
  if (!value) {
    report(walk, at([]), (where) => diagnose('bad-kustomization', { reason: 'it is no mapping' }, where));
    return;
  }
  const here: Here = { folder, value, at };
  checkFields(here, walk);
  for (const [list, wanted] of PATH_LISTS) {
    for (const [index, item] of itemsOf(value[list]).entries()) checkEntry(item, { path: [list, index], wanted, here }, walk);
  }
  checkPatches(here, walk);
  checkGenerators(here, walk);
}

function kustomizationsIn(folder: string, names: ReadonlySet<string>): readonly string[] {
  return KUSTOMIZATION_NAMES.map((name) => (folder === '' ? name : `${folder}/${name}`)).filter((name) => names.has(name));
}

function checkFields({ value, at }: Here, walk: Walk): void {
  for (const name of Object.keys(value)) {
    const instead = REFUSED_FIELDS.get(name);
    if (instead !== undefined) {
      report(walk, at([name], 'key'), (where) => diagnose('refused-kustomization-field', { field: name, instead }, where));
    } else {
      checkKnown(name, KNOWN_FIELDS, { source: at([name], 'key'), walk });
    }
  }
  for (const [list, known] of LISTED_FIELDS) {
    for (const [index, item] of itemsOf(value[list]).entries()) checkMembers(item, known, { path: [list, index], at, walk });
  }
  checkMembers(value['openapi'], NESTED_FIELDS.get('openapi') ?? [], { path: ['openapi'], at, walk });
}

interface Inside {
  readonly path: JsonPath;
  readonly at: ReadKustomization['at'];
  readonly walk: Walk;
}

function checkMembers(item: Json | undefined, known: readonly string[], { path, at, walk }: Inside): void {
  if (!isJsonObject(item)) return;
  for (const name of Object.keys(item)) {
    checkKnown(name, known, { source: at([...path, name], 'key'), walk });
    const nested = NESTED_FIELDS.get(name);
    if (nested) checkMembers(item[name], nested, { path: [...path, name], at, walk });
  }
}

function checkKnown(name: string, known: readonly string[], { source, walk }: { readonly source: Source; readonly walk: Walk }): void {
  if (known.includes(name)) return;
  const near = known.find((field) => field.toLowerCase() === name.toLowerCase()) ?? nearestName(name, known);
  const args = { field: name, ...(near !== undefined && { near }) };
  report(walk, source, (where) => diagnose('unknown-kustomization-field', args, where));
}

function checkPatches(here: Here, walk: Walk): void {
  const { value } = here;
  for (const list of ['patches', 'patchesJson6902', 'replacements']) {
    for (const [index, item] of itemsOf(value[list]).entries()) {
      const wanted = list === 'replacements' ? 'file' : 'patch';
      checkEntry(field(item, 'path'), { path: [list, index, 'path'], wanted, here }, walk);
    }
  }
  for (const [index, item] of itemsOf(value['patchesStrategicMerge']).entries()) {
    if (typeof item === 'string' && isInline(item)) continue;
    checkEntry(item, { path: ['patchesStrategicMerge', index], wanted: 'patch', here }, walk);
  }
  checkEntry(field(value['openapi'], 'path'), { path: ['openapi', 'path'], wanted: 'file', here }, walk);
}

function checkGenerators(here: Here, walk: Walk): void {
  for (const name of ['configMapGenerator', 'secretGenerator']) {
    for (const [index, generator] of itemsOf(here.value[name]).entries()) {
      for (const list of ['files', 'envs']) {
        for (const [position, item] of itemsOf(field(generator, list)).entries()) {
          const entry = typeof item === 'string' && list === 'files' ? generatorPath(item) : item;
          checkEntry(entry, { path: [name, index, list, position], wanted: 'file', here }, walk);
        }
      }
      checkEntry(field(generator, 'env'), { path: [name, index, 'env'], wanted: 'file', here }, walk);
    }
  }
}

interface Entry {
  readonly path: JsonPath;
  readonly wanted: 'resource' | 'folder' | 'file' | 'patch';
  readonly here: Here;
}

/** What kustomize would take for a URL or a repository, whether or not a file has that name. */
const REMOTE = /:|\?|\/\/|\\|^git@|^[^/]*github\.com|\.git(?:\/|$)|^~|_git\//i;

function checkEntry(entry: Json | undefined, { path, wanted, here }: Entry, walk: Walk): void {
  if (entry === undefined) return;
  const source = here.at(path);
  if (typeof entry !== 'string') {
    const reason = `"${path.join('.')}" must be a path`;
    report(walk, source, (where) => diagnose('bad-kustomization', { reason }, where));
    return;
  }
  if (REMOTE.test(entry)) {
    report(walk, source, (where) => diagnose('remote-resource', { path: entry }, where));
    return;
  }
  const target = entry.startsWith('/') ? undefined : resolvePath(here.folder, entry);
  if (target === undefined) {
    report(walk, source, (where) => diagnose('path-outside-package', { path: entry, template: walk.template }, where));
    return;
  }
  const isFile = walk.names.has(target);
  const isFolder = target === '' || [...walk.names].some((name) => name.startsWith(`${target}/`));
  if (isFolder && (wanted === 'resource' || wanted === 'folder')) {
    checkFolder(target, source, walk);
    return;
  }
  if (!isFile || wanted === 'folder') {
    missing(entry, { target, wanted, source, here }, walk);
    return;
  }
  if ((wanted === 'resource' || wanted === 'patch') && !isYamlName(target)) {
    report(walk, source, (where) => diagnose('not-yaml-resource', { path: entry }, where));
  }
}

interface Missing {
  readonly target: string;
  readonly wanted: Entry['wanted'];
  readonly source: Source;
  readonly here: Here;
}

function missing(path: string, { target, wanted, source, here }: Missing, walk: Walk): void {
  const folders = [...new Set([...walk.names].map(folderOf))].filter((folder) => folder !== '');
  const files = [...walk.names].filter((name) => !KUSTOMIZATION_NAMES.includes(name));
  const candidates = wanted === 'folder' ? folders : wanted === 'resource' ? [...files, ...folders] : files;
  const near = target.endsWith('.hbs') && walk.names.has(target.slice(0, -4)) ? target.slice(0, -4) : nearestName(target, candidates);
  const shown = near !== undefined && here.folder !== '' && near.startsWith(`${here.folder}/`) ? near.slice(here.folder.length + 1) : near;
  const kind = wanted === 'resource' ? 'file or folder' : wanted === 'folder' ? 'folder' : 'file';
  const args = { path, wanted: kind, ...(shown !== undefined && { near: shown }) } as const;
  report(walk, source, (where) => diagnose('missing-kustomize-file', args, where));
}

function report(walk: Walk, source: Source, toDiagnostic: (where: Where) => Diagnostic): void {
  walk.findings.push({ scope: 'render', source, toDiagnostic });
}

/** Values in place of tokens, at every depth. */
export function withValues(value: Json, text: (text: string) => Json): Json {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withValues(item, text));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withValues(member, text)]));
}
