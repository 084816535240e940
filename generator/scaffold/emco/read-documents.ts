import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { parseYaml, type YamlDocument } from '../../lib/yaml/parse.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { readAnchor } from './anchors.ts';
import { renderTemplate } from './go-template/render.ts';
import { items, member, textOf } from './members.ts';
import type { Place } from '../import-report.ts';
import type { EmcoDocument } from './model.ts';

export interface GivenFile {
  /** As it was given. */
  readonly path: string;
  readonly text: string;
}

export interface DocumentsReading {
  readonly documents: readonly EmcoDocument[];
  readonly problems: readonly Diagnostic[];
}

/** Reads files for emcoctl; with a values file, as Go templates. */
export function readDocuments(files: readonly GivenFile[], values: GivenFile | undefined): DocumentsReading {
  const problems: Diagnostic[] = [];
  const given = values && readValues(values, problems);
  if (problems.length > 0) return { documents: [], problems };
  const documents = files.flatMap((file) => readFile(file, { given, problems }));
  return { documents: withoutRepetitions(documents, problems), problems };
}

interface Reading {
  readonly given: Json | undefined;
  readonly problems: Diagnostic[];
}

function readValues({ path, text }: GivenFile, problems: Diagnostic[]): Json | undefined {
  const { documents, problems: found } = parseYaml(text);
  const [first] = found;
  if (first) problems.push(bad({ file: path, line: first.line }, first.message));
  return documents.find(({ value }) => value !== null)?.value ?? {};
}

function readFile({ path, text }: GivenFile, { given, problems }: Reading): readonly EmcoDocument[] {
  const rendered = given === undefined ? undefined : renderTemplate(text, given);
  for (const { line, reason } of rendered?.problems ?? []) problems.push(bad({ file: path, line }, `the template fails: ${reason}`));
  if (rendered && rendered.problems.length > 0) return [];
  const plain = rendered?.text ?? text;
  const lineOf = (line: number): number => rendered?.lines[line - 1] ?? line;
  const { documents, problems: found } = parseLenient(plain);
  if (found.length > 0 && given === undefined && plain.includes('{{')) {
    const line = plain.slice(0, plain.indexOf('{{')).split('\n').length;
    problems.push(
      bad({ file: path, line }, 'it is a template, and there are no values', 'Give the file that emcoctl takes with -v: --values <file>'),
    );
    return [];
  }
  // What follows the first is mostly of its making.
  const [first] = found;
  if (first) {
    problems.push(bad({ file: path, line: lineOf(first.line) }, first.message));
    return [];
  }
  return documents.flatMap((document) => {
    if (document.value === null) return [];
    const place = { file: path, line: lineOf(document.locate([]).line) };
    const read = readDocument(document, place);
    if (typeof read !== 'string') return [read];
    problems.push(bad(place, read));
    return [];
  });
}

/** emcoctl's YAML reader takes tabs before the parts of a list in brackets. */
function parseLenient(text: string): ReturnType<typeof parseYaml> {
  const strict = parseYaml(text);
  if (strict.problems.length === 0 || !/^[ ]*\t/m.test(text)) return strict;
  const lenient = parseYaml(text.replaceAll(/^[ \t]*\t[ \t]*/gm, (space) => space.replaceAll('\t', '        ')));
  return lenient.problems.length === 0 ? lenient : strict;
}

function readDocument({ value }: YamlDocument, place: Place): EmcoDocument | string {
  const address = textOf(member(member(value, 'resourceContext'), 'anchor'));
  if (!isJsonObject(value) || address === undefined) return 'it is no document for emcoctl: it has no "resourceContext.anchor"';
  const version = textOf(value['version']);
  if (version !== 'emco/v2') return 'it is no document of "version: emco/v2"';
  const metadata = objectAt(value, 'metadata');
  const { kind, scope } = readAnchor(address);
  const name = textOf(kind === 'label' ? value['clusterLabel'] : metadata['name']) ?? '';
  if (name === '' && kind !== 'other') return kind === 'label' ? 'it has no "clusterLabel"' : 'it has no "metadata.name"';
  const one = textOf(value['file']);
  const several = items(value['files']).flatMap((path) => textOf(path) ?? []);
  const files = one === undefined || one === '' ? several : [one];
  const document: EmcoDocument = { kind, scope, name, anchor: plain(address), metadata, spec: objectAt(value, 'spec'), files, place };
  return document;
}

function plain(address: string): string {
  return address
    .trim()
    .replace(/^\/?v2\//, '')
    .replaceAll(/^\/+|\/+$/g, '');
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const found = member(value, key);
  return isJsonObject(found) ? found : {};
}

/** What is given twice with the same contents counts once; what differs cannot be both. */
function withoutRepetitions(documents: readonly EmcoDocument[], problems: Diagnostic[]): readonly EmcoDocument[] {
  const known = new Map<string, EmcoDocument>();
  return documents.filter((document) => {
    if (document.kind === 'other') return true;
    // A composite app has a document for each of its versions.
    const version = document.kind === 'composite' ? textOf(document.spec['compositeAppVersion']) : undefined;
    const key = JSON.stringify([document.kind, document.scope, document.name, version]);
    const other = known.get(key);
    if (!other) known.set(key, document);
    else if (contentOf(document) !== contentOf(other)) {
      const reason = `${document.anchor}/${document.name} stands in ${showPlace(other.place)} too, with other contents`;
      problems.push(bad(document.place, reason, 'Give only the one that holds now'));
    }
    return !other;
  });
}

function contentOf({ metadata, spec, files }: EmcoDocument): string {
  return JSON.stringify([metadata, spec, files], (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : sorted(value)));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function showPlace({ file, line }: Place): string {
  return `${file}, line ${line}`;
}

export function bad(place: Place, reason: string, hint?: string): Diagnostic {
  return diagnose('bad-emco', { place: showPlace(place), reason, hint }, { reach: RUN });
}
