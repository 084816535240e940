import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { createMemory, type Memory } from '../lib/memo.ts';
import { sortBy } from '../lib/order.ts';
import type { Diagnostic, Outcome, Reach } from '../model/diagnostic.ts';
import type { InputFiles, Loaded, LoadedFlux, LoadedTemplate } from '../model/intents.ts';
import type { RepoPath, SourceFile } from '../model/source.ts';
import { kindsIn } from './kinds-in.ts';
import { createChartLoader } from './load-charts.ts';
import { createKindLoader } from './load-kinds.ts';
import { loadFlux } from './load-flux.ts';
import { loadTemplate } from './load-template.ts';
import { readDocuments } from './read-documents.ts';
import { keepDocuments, type KeptDocument } from './same-documents.ts';

/**
 * Parses every intents file and every template's `template.yaml`. A file that is not sound YAML is a finding; of its documents, those that
 * could be read are returned, so that their mistakes are found in the same run.
 */
export function load(input: InputFiles): Outcome<Loaded> {
  return createLoader(createMemory())(input);
}

/** Loads again and again; what did not change in between is the same object as before. */
export function createLoader(memory: Memory): (input: InputFiles) => Outcome<Loaded> {
  const files = memory.memo<RepoPath, LoadedFile>();
  const packages = memory.memo<string, Outcome<LoadedTemplate>>();
  const manifests = memory.memo<'flux', Outcome<LoadedFlux>>();
  const loadCharts = createChartLoader(memory);
  const loadKinds = createKindLoader(memory);
  return (input) => {
    const { intents, templates, flux = [], unread } = input;
    const read = sortBy(intents, ({ path }) => path).map((file) => files.get(file.path, [file.text], (before) => loadFile(file, before)));
    const loaded = sortBy(templates, ([name]) => name).map(([name, texts]) => {
      const isDamaged = unread !== undefined && unread.templates !== 'all' && unread.templates.has(name);
      const inputs = [isDamaged, ...texts.flatMap(({ path, text }) => [path, text])];
      return packages.get(name, inputs, () => loadTemplate(name, { files: texts, isDamaged }));
    });
    const fluxInputs = [unread?.flux, ...flux.flatMap(({ path, text }) => [path, text])];
    const { value, diagnostics } = gather(read, loaded, { input, flux: manifests.get('flux', fluxInputs, () => loadFlux(input)) });
    return { value: { ...value, charts: loadCharts(input), kinds: loadKinds(input) }, diagnostics };
  };
}

function gather(
  read: readonly LoadedFile[],
  packages: readonly Outcome<LoadedTemplate>[],
  { input, flux }: { readonly input: InputFiles; readonly flux: Outcome<LoadedFlux> },
): Outcome<Omit<Loaded, 'charts'>> {
  const { intents, unread } = input;
  const diagnostics = [...read.flatMap((file) => file.diagnostics), ...packages.flatMap((outcome) => outcome.diagnostics)];
  diagnostics.push(...flux.diagnostics);
  const documents = read.flatMap((file) => file.kept.map(({ document }) => document));
  if (intents.length > 0 && documents.length === 0 && diagnostics.length === 0 && !unread?.intents) {
    diagnostics.push(diagnose('no-intents', {}, { reach: RUN }));
  } else diagnostics.push(...read.flatMap(emptiness));
  const value: Omit<Loaded, 'charts'> = {
    documents,
    templates: new Map(packages.map(({ value: template }) => [template.name, template])),
    flux: flux.value,
    broken: new Set(read.flatMap((file) => (file.diagnostics.length > 0 ? [file.path] : []))),
    unreadKinds: unread?.intents ? 'all' : unreadKinds(read),
    unreadTemplates: unread?.templates === 'all' ? 'all' : unreadTemplates(packages, unread?.templates),
  };
  return { value, diagnostics };
}

/** A file that may have lost what it held. */
function emptiness({ path, kept, diagnostics }: LoadedFile): readonly Diagnostic[] {
  if (kept.length > 0 || diagnostics.length > 0) return [];
  const source = { file: path, line: 1, column: 1, length: 1 };
  return [diagnose('empty-intents-file', { path }, { source, reach: { kind: 'unaccounted' } })];
}

interface LoadedFile {
  readonly path: RepoPath;
  readonly kept: readonly KeptDocument[];
  /** Those of the last reading that was sound and not empty: they are likely to come back. */
  readonly sound: readonly KeptDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Kinds that the text speaks of; `undefined` if every document could be read. */
  readonly lost: 'all' | ReadonlySet<string> | undefined;
}

function loadFile(file: SourceFile, before: LoadedFile | undefined): LoadedFile {
  const parsed = readDocuments(file);
  const kept = keepDocuments(before?.sound ?? [], parsed.documents);
  if (parsed.problems.length === 0)
    return { path: file.path, kept, sound: kept.length > 0 ? kept : (before?.sound ?? []), diagnostics: [], lost: undefined };
  const kinds = kindsIn(file.text);
  const reach: Reach = isOwnedByTeams(kinds) ? { kind: 'unaccounted' } : RUN;
  const diagnostics = parsed.problems.map((problem) => problem(reach));
  return { path: file.path, kept, sound: before?.sound ?? [], diagnostics, lost: parsed.isComplete ? undefined : kinds };
}

/** Deployments and logical clouds are one team's; whatever else may be lost is shared by all. */
function isOwnedByTeams(kinds: 'all' | ReadonlySet<string>): boolean {
  return kinds !== 'all' && [...kinds].every((kind) => kind === 'DeploymentIntent' || kind === 'LogicalCloud');
}

function unreadKinds(files: readonly LoadedFile[]): 'all' | ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const { lost } of files) {
    if (lost === 'all') return 'all';
    for (const kind of lost ?? []) kinds.add(kind);
  }
  return kinds;
}

function unreadTemplates(packages: readonly Outcome<LoadedTemplate>[], unread: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const broken = packages.flatMap(({ value, diagnostics }) => (diagnostics.length > 0 ? [value.name] : []));
  return new Set([...unread, ...broken]);
}
