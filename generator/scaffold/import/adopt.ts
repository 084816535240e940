import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { valueAt } from '../../lib/json-path.ts';
import { groupOf, isClusterScoped, isSopsEncrypted } from '../../lib/kube-names.ts';
import type { YamlDocument } from '../../lib/yaml/parse.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type Json, type JsonObject, type JsonPath } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { isObject, type TakenFile } from './collect.ts';
import { type Edit, lineAt, spanOf, withoutLines } from './edits.ts';
import { items, member } from './references.ts';

/** What has to change before a file can be part of a package, or why it cannot. */
export interface Adopted {
  readonly edits: readonly Edit[];
  readonly notes: readonly string[];
  readonly problems: readonly Diagnostic[];
  /** Nothing is left of the file: the namespace was all. */
  readonly isEmpty: boolean;
}

interface Adoption {
  readonly file: TakenFile;
  readonly edits: Edit[];
  readonly notes: string[];
  readonly problems: Diagnostic[];
}

/** Leaves out what the logical cloud brings (the namespace), and refuses what an app may not hold. */
export function adopt(file: TakenFile): Adopted {
  const adoption: Adoption = { file, edits: [], notes: [], problems: [] };
  const { role, documents } = file;
  if (role === 'kustomization') for (const document of documents) dropNamespace(document, ['namespace'], adoption);
  const objects = role === 'manifest' ? documents.filter(({ value }) => value !== null) : [];
  const gone = objects.filter((document) => adoptDocument(document, adoption));
  return { ...adoption, isEmpty: objects.length > 0 && gone.length === objects.length };
}

/** Gives whether the whole document was left out. */
function adoptDocument(document: YamlDocument, adoption: Adoption): boolean {
  const { value } = document;
  const { file, notes, edits } = adoption;
  if (!isObject(value) || !isJsonObject(value)) {
    refuse(adoption, document, { what: 'a document', reason: 'it is no Kubernetes object, and others of its file are' });
    return false;
  }
  if (value['kind'] === 'Namespace' && value['apiVersion'] === 'v1') {
    const edit = withoutDocument(document, file);
    if (edit) {
      edits.push(edit);
      notes.push(`Namespace ${nameOf(value)} was left out: the logical cloud brings the namespace`);
      return true;
    }
  }
  for (const [path, object] of objectsOf(value)) adoptObject({ document, object, path }, adoption);
  return false;
}

/** The object, or those of a list. */
function objectsOf(value: JsonObject): readonly (readonly [JsonPath, JsonObject])[] {
  const kind = value['kind'];
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(value['items'])) return [[[], value]];
  return items(value['items']).flatMap((item, index) => (isJsonObject(item) ? [[['items', index], item] as const] : []));
}

interface Placed {
  readonly document: YamlDocument;
  readonly object: JsonObject;
  readonly path: JsonPath;
}

function adoptObject({ document, object, path }: Placed, adoption: Adoption): void {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return;
  const what = `${kind} ${nameOf(object)}`;
  if (isReadableSecret(object as KubeObject)) {
    const hint = 'Encrypt it with SOPS, or take it out of the folder and make it on the cluster by other means';
    refuse(adoption, document, { what, reason: 'templates and rendered trees lie in Git, and it holds readable data', hint });
  } else if (isClusterScoped({ apiVersion, kind })) {
    const hint = 'Take it out of the folder: whoever runs the cluster installs it, or an app of a cloud that may';
    refuse(adoption, document, { what, reason: 'it has no namespace, and an app stays within its logical cloud', hint });
  } else dropNamespace(document, [...path, 'metadata', 'namespace'], adoption);
  noteSubjects(object, what, adoption);
}

function isReadableSecret(object: KubeObject): boolean {
  if (object.kind !== 'Secret' || groupOf(object.apiVersion) !== '') return false;
  return ['data', 'stringData'].some((key) => isJsonObject(object[key]) && Object.keys(object[key]).length > 0) && !isSopsEncrypted(object);
}

/** Accounts of a binding are named with their namespace, which nobody can guess. */
function noteSubjects(object: JsonObject, what: string, { notes }: Adoption): void {
  const namespaces = items(object['subjects']).map((subject) => member(subject, 'namespace'));
  const [first] = namespaces.filter((namespace) => typeof namespace === 'string');
  if (first !== undefined) notes.push(`${what} names namespace "${first}" in its subjects: make it the logical cloud's`);
}

function dropNamespace(document: YamlDocument, path: JsonPath, adoption: Adoption): void {
  const { file, edits, notes } = adoption;
  const namespace = valueAt(document.value, path);
  if (namespace === undefined || namespace === null) return;
  const edit = withoutMember(document, path, file);
  if (edit) {
    edits.push(edit);
    const note = `namespace "${showText(namespace)}" was left out: objects take the logical cloud's`;
    if (!notes.includes(note)) notes.push(note);
  } else
    refuse(adoption, document, {
      what: 'its namespace',
      reason: 'it stands where it cannot be left out',
      hint: 'Take the field out by hand',
    });
}

/** A member of a mapping: its line in block style, or the text between commas in flow style. */
function withoutMember(document: YamlDocument, path: JsonPath, { text }: TakenFile): Edit | undefined {
  const key = document.locate(path, 'key');
  const value = document.locate(path);
  if (key.line !== value.line) return undefined;
  const line = lineAt(text, key.line);
  if (/^\s*namespace\s*:\s+[^\s#,{}[\]&*]+\s*(?:#.*)?$/.test(line)) return withoutLines(text, { first: key.line, last: key.line });
  const { start } = spanOf(text, key);
  const { end } = spanOf(text, value);
  if (!/^["']?namespace["']?\s*:\s*[^\s#,{}[\]&*]+$/.test(text.slice(start, end))) return undefined;
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0];
  if (after !== undefined) return { start, end: end + after.length, text: '' };
  const before = /,\s*$/.exec(text.slice(0, start))?.[0];
  return before === undefined ? undefined : { start: start - before.length, end, text: '' };
}

/** A document among others, from its separator to the next. */
function withoutDocument({ locate }: YamlDocument, { text, documents, path }: TakenFile): Edit | undefined {
  if (path.endsWith('.json')) return undefined;
  const starts = documents.filter(({ value }) => value !== null).map((document) => document.locate([]).line);
  const own = locate([]).line;
  const lines = text.split(/\r\n|\n|\r/);
  const isSeparator = (line: number): boolean => /^---(?:\s|$)/.test(lines[line - 1] ?? '');
  let first = own;
  while (first > 1 && !isSeparator(first)) first -= 1;
  if (starts.some((line) => line < own && line >= first)) return undefined;
  let next = own + 1;
  while (next <= lines.length && !isSeparator(next)) next += 1;
  // The first document's separator, if it has one, goes along; the second's then begins the file.
  return withoutLines(text, { first, last: next - 1 });
}

function nameOf(object: JsonObject): string {
  const name = member(object['metadata'], 'name');
  return `"${showText(name ?? '')}"`;
}

function showText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
}

interface Refusal {
  readonly what: string;
  readonly reason: string;
  readonly hint?: string;
}

function refuse({ file, problems }: Adoption, document: YamlDocument, { what, reason, hint = 'Take it out of the file' }: Refusal): void {
  const place = `${file.path}, line ${document.locate([]).line}`;
  problems.push(diagnose('manifest-not-taken', { what: `${what} (${place})`, reason, hint }, { reach: RUN }));
}
