import { diagnose } from '../diagnostics/diagnose.ts';
import { sha256 } from '../lib/hash.ts';
import { sortBy } from '../lib/order.ts';
import { repoPath } from '../lib/path.ts';
import type { Diagnostic, Outcome, Reach } from '../model/diagnostic.ts';
import type { IntentDocument, LoadedTemplate } from '../model/intents.ts';
import type { SourceFile } from '../model/source.ts';
import { readDocuments } from './read-documents.ts';

const MANIFEST = 'template.yaml';

export interface TemplateFiles {
  readonly files: readonly SourceFile[];
  /** Some file of the package could not be read, which is reported already. */
  readonly isDamaged: boolean;
}

export function loadTemplate(name: string, { files, isDamaged }: TemplateFiles): Outcome<LoadedTemplate> {
  const folder = `templates/apps/${name}/`;
  const byName = new Map(sortBy(files, ({ path }) => path).map((file) => [file.path.slice(folder.length), file]));
  const { value: manifest, diagnostics } = loadManifest(name, { file: byName.get(MANIFEST), isDamaged });
  const digest = digestOf(byName);
  byName.delete(MANIFEST);
  return { value: { name, digest, manifest, files: byName }, diagnostics };
}

interface Manifest {
  readonly file: SourceFile | undefined;
  readonly isDamaged: boolean;
}

function loadManifest(name: string, { file, isDamaged }: Manifest): Outcome<IntentDocument | undefined> {
  const reach: Reach = { kind: 'template', template: name };
  if (!file) return { value: undefined, diagnostics: isDamaged ? [] : [misplaced(name, { documents: 0, reach })] };
  const { documents, problems } = readDocuments(file);
  if (problems.length > 0) return { value: documents[0], diagnostics: problems.map((problem) => problem(reach)) };
  if (documents.length === 1) return { value: documents[0], diagnostics: [] };
  return { value: undefined, diagnostics: [misplaced(name, { documents: documents.length, reach, file })] };
}

function misplaced(
  template: string,
  { documents, reach, file }: { readonly documents: number; readonly reach: Reach; readonly file?: SourceFile },
): Diagnostic {
  const path = file?.path ?? repoPath(`templates/apps/${template}/${MANIFEST}`);
  return diagnose('missing-template-file', { template, documents }, { source: { file: path, line: 1, column: 1, length: 1 }, reach });
}

/** Lengths keep two different sets of files from running together into one text. */
function digestOf(files: ReadonlyMap<string, SourceFile>): string {
  return sha256([...files].map(([name, { text }]) => `${name.length}:${name}${text.length}:${text}`).join(''));
}
