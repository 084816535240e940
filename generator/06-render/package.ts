import { diagnose } from '../diagnostics/diagnose.ts';
import { sortBy } from '../lib/order.ts';
import { parseRepoPath } from '../lib/path.ts';
import type { TemplatePackage } from '../model/intents.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { SourceFile } from '../model/source.ts';
import { type Finding, sourceAt } from './finding.ts';
import { parseTemplate } from './handlebars-ast.ts';
import { checkTemplate } from './template-check.ts';
import { type TokenTemplate, toTokenTemplate } from './tokenise.ts';

/** A package whose templates were read and checked. */
export interface PreparedPackage {
  readonly template: string;
  readonly package: TemplatePackage;
  /** By name after templating, sorted. */
  readonly files: readonly PreparedFile[];
  readonly findings: readonly Finding[];
}

export interface PreparedFile {
  readonly name: string;
  readonly file: SourceFile;
  readonly template?: TokenTemplate;
}

const SUFFIX = '.hbs';
const NO_VALUES: JsonObject = { type: 'object', additionalProperties: false };

/** Reads and checks a package's templates, once for each content. */
export function preparePackage(source: TemplatePackage): PreparedPackage {
  const values = source.manifest.value.spec.values as Json | undefined;
  const schema = isJsonObject(values) ? values : NO_VALUES;
  const findings: Finding[] = [];
  const files = [...source.files].map(([name, file]) => prepareFile(name, file, { template: source.name, schema, findings }));
  const sorted = sortBy(files, ({ name }) => name);
  const names = new Set(sorted.map(({ name }) => name));
  for (const [index, { name, file }] of sorted.entries()) {
    const isFolder = foldersOf(name).some((folder) => names.has(folder));
    if (sorted[index + 1]?.name !== name && !isFolder) continue;
    const at = sourceAt(file.path, { line: 1, column: 1 });
    findings.push({ scope: 'template', source: at, toDiagnostic: (where) => diagnose('template-file-twice', { file: name }, where) });
  }
  return { template: source.name, package: source, files: sorted, findings };
}

/** The folders that a file lies in. */
function foldersOf(name: string): readonly string[] {
  return [...name.matchAll(/\//g)].map(({ index }) => name.slice(0, index));
}

interface Preparing {
  readonly template: string;
  readonly schema: JsonObject;
  readonly findings: Finding[];
}

function prepareFile(name: string, file: SourceFile, { template, schema, findings }: Preparing): PreparedFile {
  if (!name.endsWith(SUFFIX)) return { name, file };
  const output = name.slice(0, -SUFFIX.length);
  if (parseRepoPath(output) === undefined) {
    findings.push(badTemplate(file, { name, reason: 'its name without .hbs is no file name', line: 1, column: 1 }));
    return { name, file };
  }
  const parsed = parseTemplate(file);
  if (!parsed.ok) {
    findings.push(badTemplate(file, { name, ...parsed }));
    return { name: output, file };
  }
  const found = checkTemplate(parsed.program, { template, file, schema });
  findings.push(...found);
  return found.length > 0 ? { name: output, file } : { name: output, file, template: toTokenTemplate(parsed.program, file) };
}

interface Complaint {
  readonly name: string;
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

function badTemplate({ path }: SourceFile, { name, reason, line, column }: Complaint): Finding {
  const source = sourceAt(path, { line, column });
  return { scope: 'template', source, toDiagnostic: (where) => diagnose('bad-template', { file: name, reason }, where) };
}
