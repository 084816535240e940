import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { sortBy } from '../lib/order.ts';
import type { Diagnostic, Outcome, Reach } from '../model/diagnostic.ts';
import type { InputFiles, IntentDocument, Loaded, LoadedTemplate } from '../model/intents.ts';
import type { RepoPath, SourceFile } from '../model/source.ts';
import { kindsIn } from './kinds-in.ts';
import { loadTemplate } from './load-template.ts';
import { readDocuments } from './read-documents.ts';

/**
 * Parses every intents file and every template's `template.yaml`. A file that is not sound YAML is a finding; of its documents, those that
 * could be read are returned, so that their mistakes are found in the same run.
 */
export function load({ intents, templates, unread }: InputFiles): Outcome<Loaded> {
  const read = sortBy(intents, ({ path }) => path).map(loadFile);
  const packages = sortBy(templates, ([name]) => name).map(([name, files]) =>
    loadTemplate(name, { files, isDamaged: unread !== undefined && unread.templates !== 'all' && unread.templates.has(name) }),
  );
  const diagnostics = [...read.flatMap((file) => file.diagnostics), ...packages.flatMap((outcome) => outcome.diagnostics)];
  const documents = read.flatMap((file) => file.documents);
  if (intents.length > 0 && documents.length === 0 && diagnostics.length === 0 && !unread?.intents) {
    diagnostics.push(diagnose('no-intents', {}, { reach: RUN }));
  } else diagnostics.push(...read.flatMap(emptiness));
  const value: Loaded = {
    documents,
    templates: new Map(packages.map(({ value: template }) => [template.name, template])),
    broken: new Set(read.flatMap((file) => (file.diagnostics.length > 0 ? [file.path] : []))),
    unreadKinds: unread?.intents ? 'all' : unreadKinds(read),
    unreadTemplates: unread?.templates === 'all' ? 'all' : unreadTemplates(packages, unread?.templates),
  };
  return { value, diagnostics };
}

/** A file that may have lost what it held. */
function emptiness({ path, documents, diagnostics }: LoadedFile): readonly Diagnostic[] {
  if (documents.length > 0 || diagnostics.length > 0) return [];
  const source = { file: path, line: 1, column: 1, length: 1 };
  return [diagnose('empty-intents-file', { path }, { source, reach: { kind: 'unaccounted' } })];
}

interface LoadedFile {
  readonly path: RepoPath;
  readonly documents: readonly IntentDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Kinds that the text speaks of; `undefined` if every document could be read. */
  readonly lost: 'all' | ReadonlySet<string> | undefined;
}

function loadFile(file: SourceFile): LoadedFile {
  const parsed = readDocuments(file);
  if (parsed.problems.length === 0) return { path: file.path, documents: parsed.documents, diagnostics: [], lost: undefined };
  const kinds = kindsIn(file.text);
  const reach: Reach = isOwnedByTeams(kinds) ? { kind: 'unaccounted' } : RUN;
  const diagnostics = parsed.problems.map((problem) => problem(reach));
  return { path: file.path, documents: parsed.documents, diagnostics, lost: parsed.isComplete ? undefined : kinds };
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
