import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { repoPath } from '../../lib/path.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SourceFile } from '../../model/source.ts';
import { kustomization, templateFile } from '../app.ts';
import { adopt } from './adopt.ts';
import { type Candidate, candidatesFrom } from './candidates.ts';
import { collect, type CollectRequest, type Collected, type TakenFile } from './collect.ts';
import { applyEdits, type Edit, lineAt, withoutLines } from './edits.ts';
import { items, resolveFrom } from './references.ts';
import { spotsIn } from './spots.ts';
import { isJsonObject } from '../../model/json.ts';

/** An app found elsewhere, ready to become a package. */
export interface Found {
  /** Values that it could take. */
  readonly candidates: readonly Candidate[];
  readonly notes: readonly string[];
  /** With anything in it, there is no package. */
  readonly problems: readonly Diagnostic[];
  /** The package's files, with some of the candidates as values. */
  readonly files: (request: PackageRequest) => readonly SourceFile[];
}

export interface PackageRequest {
  readonly name: string;
  readonly description: string;
  readonly values: readonly Candidate[];
}

/** Reads a folder of manifests or a kustomization, and makes of it what a template package can hold. The texts stay as they are but for what is told. */
export async function findApp(request: CollectRequest): Promise<Found> {
  const collected = await collect(request);
  const edits = new Map<string, Edit[]>(collected.files.map(({ path }) => [path, []]));
  const notes = new Set(collected.notes);
  const problems = [...collected.problems];
  const empty = new Set<string>();
  for (const file of collected.files) {
    const adopted = adopt(file);
    edits.get(file.path)?.push(...adopted.edits);
    for (const note of adopted.notes) notes.add(note);
    problems.push(...adopted.problems);
    if (adopted.isEmpty) empty.add(file.path);
  }
  problems.push(...unlist(collected, empty, edits));
  const kept = collected.files.filter(({ path }) => !empty.has(path));
  const candidates = candidatesFrom(spotsIn(kept));
  return {
    candidates,
    notes: [...notes],
    problems,
    files: (asked) =>
      packageFiles({ ...collected, files: kept, listed: collected.listed?.filter((path) => !empty.has(path)) }, { ...asked, edits }),
  };
}

/** Takes files of which nothing is left off the lists of kustomizations. */
function unlist({ files }: Collected, empty: ReadonlySet<string>, edits: ReadonlyMap<string, Edit[]>): readonly Diagnostic[] {
  if (empty.size === 0) return [];
  return files.filter(({ role }) => role === 'kustomization').flatMap((file) => unlistFrom(file, empty, edits));
}

function unlistFrom(file: TakenFile, empty: ReadonlySet<string>, edits: ReadonlyMap<string, Edit[]>): readonly Diagnostic[] {
  const document = file.documents.find(({ value }) => value !== null);
  if (!document || !isJsonObject(document.value)) return [];
  const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')));
  return items(document.value['resources']).flatMap((path, index) => {
    const target = typeof path === 'string' ? resolveFrom(folder, path) : undefined;
    if (target === undefined || !empty.has(target)) return [];
    const { line } = document.locate(['resources', index]);
    if (/^\s*- [^\s{}[\],]+\s*(?:#.*)?$/.test(lineAt(file.text, line))) {
      edits.get(file.path)?.push(withoutLines(file.text, { first: line, last: line }));
      return [];
    }
    const args = {
      what: JSON.stringify(path),
      reason: 'it is a namespace only, which the logical cloud brings',
      hint: `Take it off the list in ${JSON.stringify(file.path)}`,
    };
    return [diagnose('manifest-not-taken', args, { reach: RUN })];
  });
}

function packageFiles(
  { files, listed }: Collected,
  { name, description, values, edits }: PackageRequest & { readonly edits: ReadonlyMap<string, readonly Edit[]> },
): readonly SourceFile[] {
  const chosen = values.flatMap((value) => value.edits);
  const written = files.map(({ path, text }): SourceFile => {
    const own = chosen.filter((each) => each.path === path).map(({ edit }) => edit);
    const target = `templates/apps/${name}/${path}${own.length > 0 ? '.hbs' : ''}`;
    return { path: repoPath(target), text: applyEdits(text, [...(edits.get(path) ?? []), ...own]) };
  });
  const manifest = templateFile({ name, description, values: Object.fromEntries(values.map((value) => [value.name, value.schema])) });
  const made = listed && { path: repoPath(`templates/apps/${name}/kustomization.yaml`), text: kustomization(listed) };
  return [manifest, ...(made ? [made] : []), ...written];
}
