import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnose } from '../diagnostics/diagnose.ts';
import { repoPath } from '../lib/path.ts';
import type { Diagnostic, Outcome, Reach } from '../model/diagnostic.ts';
import type { InputFiles } from '../model/intents.ts';
import type { RepoPath, SourceFile } from '../model/source.ts';
import { mapLimited } from './map-limited.ts';
import { findCollisions } from './read-collisions.ts';
import { type Found, readFolder } from './read-folder.ts';
import { type readText, startOf } from './read-text.ts';
import { createTextReader } from './text-reader.ts';

const INTENTS = repoPath('intents');
const TEMPLATES = repoPath('templates/apps');
const FLUX = repoPath('templates/flux');
const CHARTS = repoPath('templates/charts');
const CRDS = repoPath('templates/crds');
const SOPS = repoPath('.sops.yaml');
const AT_ONCE = 32;
const RUN: Reach = { kind: 'run' };

/**
 * Reads `intents/` (YAML files, at any depth), `templates/apps/` (all files) and, where they are there, `templates/flux/`, `templates/charts/` and `templates/crds/`
 * below the root: the only reader of them. What is missing or cannot be read is a finding and never absent: it reaches the whole run, or the one template that
 * it lies in.
 */
export function readInput(root: string): Promise<Outcome<InputFiles>> {
  return createInputReader()(root);
}

/** Reads again and again; files that did not change are the same objects as before. */
export function createInputReader(): (root: string) => Promise<Outcome<InputFiles>> {
  const read = createTextReader();
  return (root) => readInputs(root, read);
}

async function readInputs(root: string, read: typeof readText): Promise<Outcome<InputFiles>> {
  const [intents, templates, flux, charts, crds, sops] = await Promise.all([
    readAll(root, { folder: INTENTS, isWanted: isYaml, meant: meantAsYaml, reachOf: () => RUN, read }),
    readAll(root, {
      folder: TEMPLATES,
      isWanted: (path) => templateOf(path) !== undefined,
      meant: meantInTemplate,
      reachOf: templateReach,
      read,
    }),
    readAll(root, { folder: FLUX, isWanted: isVendored, reachOf: () => RUN, isOptional: true, read }),
    readAll(root, { folder: CHARTS, isWanted: isOfChart, reachOf: () => RUN, isOptional: true, read }),
    readAll(root, { folder: CRDS, isWanted: isYaml, meant: meantAsYaml, reachOf: () => RUN, isOptional: true, read }),
    readSops(root, read),
  ]);
  // A definition may be longer than anything that people write here: then its kind is one that is not known.
  const unreadCrds = crds.diagnostics.filter(({ code }) => code !== 'file-too-large');
  const found = [
    ...intents.diagnostics,
    ...templates.diagnostics,
    ...flux.diagnostics,
    ...charts.diagnostics,
    ...unreadCrds,
    ...sops.diagnostics,
  ];
  // Without intents, this is another folder: what else it lacks is no news.
  const isFleet = !intents.diagnostics.some(isMissing);
  const diagnostics = isFleet ? found : [notAFleet(), ...found.filter((finding) => !isMissing(finding))];
  if (intents.isThere && intents.files.length === 0 && intents.diagnostics.length === 0) {
    diagnostics.push(diagnose('no-intents', {}, { reach: RUN }));
  }
  const value: InputFiles = {
    intents: intents.files,
    templates: groupByTemplate(templates),
    ...(flux.isThere && { flux: flux.files }),
    ...(charts.isThere && { charts: charts.files }),
    ...(crds.isThere && { crds: crds.files }),
    ...(sops.value.length > 0 && { sops: sops.value }),
    unread: {
      intents: intents.diagnostics.length > 0,
      templates: unreadTemplates(templates),
      ...(flux.diagnostics.length > 0 && { flux: true }),
    },
  };
  return { value, diagnostics };
}

/** `.sops.yaml`, which SOPS looks for in the folder that it is called in. */
async function readSops(root: string, read: typeof readText): Promise<Outcome<readonly SourceFile[]>> {
  const isThere = await lstat(join(root, SOPS)).then(
    () => true,
    () => false,
  );
  const file = isThere ? await read({ root, path: SOPS, reach: RUN }) : undefined;
  if (!file) return { value: [], diagnostics: [] };
  return 'code' in file ? { value: [], diagnostics: [file] } : { value: [file], diagnostics: [] };
}

interface ReadRequest {
  readonly folder: RepoPath;
  readonly isWanted: (path: RepoPath) => boolean;
  /** What a file would have to be called to be read as it seems to be meant; `undefined` where its name is right, or it is something else. */
  readonly meant?: (path: RepoPath) => string | undefined;
  readonly reachOf: (path: string) => Reach;
  /** Whether the folder may be missing. */
  readonly isOptional?: boolean;
  readonly read: typeof readText;
}

interface Read extends Omit<Found, 'files'> {
  readonly files: readonly SourceFile[];
}

async function readAll(root: string, { folder, isWanted, meant, reachOf, isOptional = false, read }: ReadRequest): Promise<Read> {
  const found = await readFolder({ root, folder, reachOf });
  const wanted = found.files.filter(isWanted);
  const results = await mapLimited(wanted, AT_ONCE, async (path) => read({ root, path, reach: reachOf(path) }));
  const files: SourceFile[] = [];
  const diagnostics: Diagnostic[] = [...relevant(found, isOptional), ...findCollisions([...found.folders, ...wanted], reachOf)];
  for (const path of found.files) {
    const rename = meant?.(path);
    if (rename !== undefined) diagnostics.push(diagnose('unread-file', { path, rename }, { source: startOf(path), reach: reachOf(path) }));
  }
  for (const result of results) {
    if ('code' in result) diagnostics.push(result);
    else files.push(result);
  }
  return { ...found, files, diagnostics };
}

function relevant({ diagnostics }: Found, isOptional: boolean): readonly Diagnostic[] {
  return isOptional ? diagnostics.filter((finding) => !isMissing(finding)) : diagnostics;
}

function isMissing({ code }: Diagnostic): boolean {
  return code === 'missing-folder';
}

function notAFleet(): Diagnostic {
  return diagnose('not-a-fleet', {}, { reach: RUN });
}

/** For commands that write elsewhere than into `clusters/`: nothing, or that the folder is no fleet. */
export async function checkFleet(root: string): Promise<readonly Diagnostic[]> {
  const isThere = await stat(join(root, INTENTS)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isThere ? [] : [notAFleet()];
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

/** YAML by another ending: in capitals, or as JSON. What is hidden belongs to editors and the like. */
function meantAsYaml(path: string): string | undefined {
  return isYaml(path) || /\/\./.test(path) || !/\.(?:ya?ml|json)$/i.test(path) ? undefined : path.replace(/\.[^.]+$/, '.yaml');
}

/** The package's description, or a file with values in it, by another name. */
function meantInTemplate(path: string): string | undefined {
  const [, folder = ''] = /^(templates\/apps\/[^/]+\/)template\.(?:ya?ml|json)$/i.exec(path) ?? [];
  const right = folder === '' ? path.replace(/\.hbs$/i, '.hbs') : `${folder}template.yaml`;
  return right === path || /\/\./.test(path) ? undefined : right;
}

/** The lock file, and the manifests of each version. */
function isVendored(path: string): boolean {
  return /^templates\/flux\/(?:flux\.lock\.yaml|[^/]+\/gotk-components\.yaml)$/.test(path);
}

/** What is known of a chart: its defaults, the schema of its values, where it is from. */
function isOfChart(path: string): boolean {
  return /^templates\/charts\/[^/]+\/[^/]+\/(?:values\.yaml|values\.schema\.json|chart\.lock\.yaml)$/.test(path);
}

/** The name of the package that a path lies in. Files directly in `templates/apps/` belong to none. */
function templateOf(path: string): string | undefined {
  const [name, ...rest] = path.slice(TEMPLATES.length + 1).split('/');
  return name !== '' && rest.length > 0 ? name : undefined;
}

function templateReach(path: string): Reach {
  const [name] = path.slice(TEMPLATES.length + 1).split('/');
  return name === undefined || name === '' ? RUN : { kind: 'template', template: name };
}

function groupByTemplate({ files, folders }: Read): ReadonlyMap<string, readonly SourceFile[]> {
  const names = folders.map((folder) => folder.slice(TEMPLATES.length + 1)).filter((name) => !name.includes('/'));
  const groups = new Map<string, SourceFile[]>(names.map((name) => [name, []]));
  for (const file of files) groups.get(templateOf(file.path) ?? '')?.push(file);
  return groups;
}

function unreadTemplates({ diagnostics, isThere }: Read): 'all' | ReadonlySet<string> {
  if (!isThere || diagnostics.some(({ reach }) => reach.kind === 'run')) return 'all';
  return new Set(diagnostics.flatMap(({ reach }) => (reach.kind === 'template' ? [reach.template] : [])));
}
