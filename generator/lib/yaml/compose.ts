import { Composer, type Document, type ErrorCode, Lexer, Parser, Schema, type YAMLError } from 'yaml';
import { mendLastLine } from './last-line.ts';
import type { Finding } from './problem.ts';

/** Collections nested in each other; deeper ones are refused. */
export const DEPTH_LIMIT = 100;

/** Problems of one text that are told; more do not help anybody, and making them takes time. */
export const FINDING_LIMIT = 100;

/** A text's documents as nodes with offsets, and what breaks its syntax. */
export interface Composed {
  readonly documents: readonly Document.Parsed[];
  readonly findings: readonly Finding[];
}

/** One schema that knows no tag, so that every scalar comes as text: what it means is decided in resolve-scalar.ts. */
const PLAIN_TEXT = new Schema({ schema: 'failsafe', merge: false, resolveKnownTags: false });

/** Duplicate keys are looked for in to-json.ts: the check of the `yaml` package compares each pair of keys. */
const OPTIONS = { schema: PLAIN_TEXT, uniqueKeys: false, logLevel: 'silent' } as const;

/** Reads a text's syntax. Stops at nesting deeper than the limit, before anything recursive sees it. */
export function composeYaml(text: string): Composed {
  const findings = [...findUnreadable(text)];
  const tokens = findings.length === 0 ? text : text.replaceAll(UNREADABLE, '?');
  const documents: Document.Parsed[] = [];
  const composer = new Composer(OPTIONS);
  const parser = new Parser();
  let errors = 0;
  const take = (token: Parameters<Composer['next']>[0]): void => {
    const finding = token.type === 'directive' ? judgeDirective(token) : undefined;
    if (finding) findings.push(finding);
    if (finding || token.type === 'error') errors += 1;
    for (const document of composer.next(token)) documents.push(document);
  };
  for (const lexeme of new Lexer().lex(tokens)) {
    for (const token of parser.next(lexeme)) take(token);
    // The stack holds the document, the open collections and at most one scalar.
    const isDeep = parser.stack.length > DEPTH_LIMIT + 2;
    if (isDeep) findings.push(tooDeep(parser.offset));
    if (isDeep || errors > FINDING_LIMIT) return finish({ documents: [...documents, ...composer.end()], composer, findings }, text);
  }
  for (const token of parser.end()) take(token);
  documents.push(...composer.end());
  const unclosed = mendLastLine(documents.at(-1)?.contents ?? null, tokens);
  const composed = finish({ documents, composer, findings }, text);
  if (!unclosed) return composed;
  // Other complaints from there on only follow from it.
  return { documents, findings: [...composed.findings.filter(({ start }) => start < unclosed.start), unclosed] };
}

function finish({ documents, composer, findings }: Composed & { readonly composer: Composer }, text: string): Composed {
  const errors = documents.length > 0 ? documents.flatMap((document) => document.errors) : composer.streamInfo().errors;
  return { documents, findings: [...findings, ...onePerLine(errors, text)].slice(0, FINDING_LIMIT) };
}

export function tooDeep(offset: number): Finding {
  return { kind: 'depth', message: `it nests deeper than ${DEPTH_LIMIT} levels`, start: offset, end: offset + 1 };
}

/** What Go refuses anywhere in a text, and what it takes for a line break while others do not. */
const UNREADABLE = /\r(?!\n)|[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\p{Surrogate}/gu;

function* findUnreadable(text: string): Generator<Finding> {
  let count = 0;
  for (const { 0: character, index } of text.matchAll(UNREADABLE)) {
    if ((count += 1) > FINDING_LIMIT) return;
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    yield { kind: 'syntax', message: `character U+${code} must be written as an escape in double quotes`, start: index, end: index + 1 };
  }
}

function judgeDirective({ source, offset }: { readonly source: string; readonly offset: number }): Finding | undefined {
  if (/^%(?:YAML\s+1\.1|TAG)(?:\s|$)/.test(source)) return undefined;
  return { kind: 'syntax', message: `directive "${source.trim()}" is not known`, start: offset, end: offset + source.length };
}

/** The first complaint of each line: one slip often draws several. */
function onePerLine(errors: readonly YAMLError[], text: string): readonly Finding[] {
  const found: Finding[] = [];
  let lineEnd = -1;
  for (const { code, message, pos } of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    if (isJudgedElsewhere(code, message) || pos[0] < lineEnd || found.length >= FINDING_LIMIT) continue;
    found.push({ kind: KINDS.get(code) ?? 'syntax', message: inSentence(message), start: pos[0], end: pos[1] });
    const next = text.indexOf('\n', pos[0]);
    lineEnd = next < 0 ? text.length : next + 1;
  }
  return found;
}

const KINDS: ReadonlyMap<ErrorCode, Finding['kind']> = new Map([
  ['RESOURCE_EXHAUSTION', 'depth'],
  ['TAG_RESOLVE_FAILED', 'tag'],
] as const);

/** Tags are judged in read-scalar.ts and to-json.ts, except for a handle such as `!e!` that is not declared. */
function isJudgedElsewhere(code: ErrorCode, message: string): boolean {
  return code === 'BAD_COLLECTION_TYPE' || (code === 'TAG_RESOLVE_FAILED' && message.startsWith('Unresolved tag'));
}

function inSentence(message: string): string {
  const text = message.replace(/\s+/g, ' ').trim();
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
