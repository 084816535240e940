import Handlebars from 'handlebars';
import type { Json, JsonObject } from '../model/json.ts';
import type { Source, SourceFile } from '../model/source.ts';
import { sourceAt, sourceAtOffset } from './finding.ts';
import { toStatement, writtenMustache } from './handlebars-ast.ts';
import { tokenText } from './tokens.ts';

/** One mustache as it was reached: what stands there and where it was written. */
export interface Emission {
  readonly value: Json | undefined;
  readonly mustache: Mustache;
}

export interface Mustache {
  readonly text: string;
  readonly source: Source;
}

/** A run of a template. `emissions` grows by one for each token, over all templates of a package. */
export interface Sink {
  readonly prefix: string;
  readonly emissions: Emission[];
}

/** The prefix of tokens, and the number of a file's first one. */
export interface TokenStart {
  readonly prefix: string;
  readonly first: number;
}

/** A `.hbs` file made ready. */
export interface TokenTemplate {
  readonly file: SourceFile;
  /** The text with tokens for values. Equal structure gives equal text. */
  render(values: JsonObject, sink: Sink): string;
  /** Of a template without blocks and helpers, whose text is the same for all values: what its tokens stand for, in their order. */
  readonly valuesIn?: (values: JsonObject) => readonly (Json | undefined)[];
  /** Where a character of that text was written. Renders once more, so for findings only. */
  trace(values: JsonObject, tokens: TokenStart): (offset: number) => Source;
}

const EMIT = 'espalierEmit';
const TEXT = 'espalierText';

type Run = (values: JsonObject, helpers: Readonly<Record<string, (id: number, value?: Json) => string>>) => string;

const handlebars = Handlebars.create();
for (const name of ['log', 'helperMissing', 'blockHelperMissing']) handlebars.unregisterHelper(name);

/** Makes a checked template ready: each mustache calls a helper of ours, which takes the value and writes a token. */
export function toTokenTemplate(program: hbs.AST.Program, file: SourceFile): TokenTemplate {
  const mustaches: Mustache[] = [];
  const rewritten = rewrite(program, { file, mustaches });
  const plain = plainParts(program, mustaches);
  const run = plain ? undefined : compile(rewritten);
  const paths = plain?.flatMap((part) => (typeof part === 'string' ? [] : [part.path]));
  return {
    file,
    ...(paths && { valuesIn: (values: JsonObject) => paths.map((path) => lookUp(values, path)) }),
    render(values, sink) {
      const emit = (id: number, value?: Json): string => {
        const mustache = mustaches[id];
        if (!mustache) throw new Error(`no mustache ${id}`);
        return tokenText(sink.prefix, sink.emissions.push({ value, mustache }) - 1);
      };
      if (run) return run(values, { [EMIT]: emit });
      let text = '';
      for (const part of plain ?? []) text += typeof part === 'string' ? part : emit(part.id, lookUp(values, part.path));
      return text;
    },
    trace: (values, tokens) => traceOf(program, { file, values, ...tokens }),
  };
}

function compile(program: hbs.AST.Program): Run {
  const template = handlebars.compile<JsonObject>(program, {
    noEscape: true,
    knownHelpersOnly: true,
    knownHelpers: { [EMIT]: true, [TEXT]: true },
  });
  return (values, helpers) =>
    template(values, { helpers: { ...helpers }, allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
}

/** Texts, and mustaches that only name a value. */
type PlainPart = string | { readonly id: number; readonly path: readonly string[] };

/** What a template without blocks and helpers comes to: it needs no Handlebars at run time. `undefined` for all others. */
function plainParts(program: hbs.AST.Program, mustaches: readonly Mustache[]): readonly PlainPart[] | undefined {
  const parts: PlainPart[] = [];
  let id = 0;
  for (const node of program.body) {
    const statement = toStatement(node);
    if (statement.type === 'ContentStatement') parts.push(statement.node.value);
    else if (statement.type === 'MustacheStatement') {
      const path = plainPath(statement.node);
      if (!path) return undefined;
      parts.push({ id: id++, path });
    } else if (statement.type !== 'CommentStatement') return undefined;
  }
  return id === mustaches.length ? parts : undefined;
}

function plainPath({ path, params, hash }: hbs.AST.MustacheStatement): readonly string[] | undefined {
  if (path.type !== 'PathExpression' || params.length > 0 || (hash as hbs.AST.Hash | undefined) !== undefined) return undefined;
  const { data, depth, parts } = path as hbs.AST.PathExpression;
  return data || depth > 0 || parts.length === 0 ? undefined : parts;
}

/** As Handlebars does: own members only, and what is null stays null however the path goes on. */
function lookUp(values: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = values;
  for (const key of path) {
    if (value === null || value === undefined) return value;
    value = Object.hasOwn(value as object, key) ? (value as JsonObject)[key] : undefined;
  }
  return value;
}

interface Rewriting {
  readonly file: SourceFile;
  readonly mustaches: Mustache[];
  /** Given when texts shall be told too. */
  readonly texts?: hbs.AST.ContentStatement[];
}

function rewrite(program: hbs.AST.Program, rewriting: Rewriting): hbs.AST.Program {
  return { ...program, body: program.body.flatMap((node) => rewriteStatement(node, rewriting)) };
}

function rewriteStatement(node: hbs.AST.Statement, rewriting: Rewriting): readonly hbs.AST.Statement[] {
  const statement = toStatement(node);
  switch (statement.type) {
    case 'MustacheStatement': {
      const { path, params, loc } = statement.node;
      const source = sourceAt(rewriting.file.path, {
        line: loc.start.line,
        column: loc.start.column + 1,
        length: loc.end.line === loc.start.line ? loc.end.column - loc.start.column : 1,
      });
      const id = rewriting.mustaches.push({ text: writtenMustache(statement.node), source }) - 1;
      const call = { type: 'SubExpression', path, params, loc } as hbs.AST.SubExpression;
      return [callTo(EMIT, { id, argument: params.length === 0 ? path : call, loc })];
    }
    case 'BlockStatement': {
      const { program, inverse } = statement.node as { program?: hbs.AST.Program; inverse?: hbs.AST.Program };
      const programs = {
        ...(program && { program: rewrite(program, rewriting) }),
        ...(inverse && { inverse: rewrite(inverse, rewriting) }),
      };
      return [{ ...statement.node, ...programs }];
    }
    case 'ContentStatement':
      if (!rewriting.texts || statement.node.value === '') return [node];
      return [callTo(TEXT, { id: rewriting.texts.push(statement.node) - 1, loc: node.loc })];
    case 'CommentStatement':
      return [];
    case 'other':
      throw new Error(`a template with ${node.type} passed the check`);
    default:
      return statement satisfies never;
  }
}

function callTo(
  helper: string,
  { id, argument, loc }: { readonly id: number; readonly argument?: hbs.AST.Expression; readonly loc: hbs.AST.SourceLocation },
): hbs.AST.MustacheStatement {
  const number = { type: 'NumberLiteral', value: id, original: id, loc } as hbs.AST.NumberLiteral;
  return {
    type: 'MustacheStatement',
    path: { type: 'PathExpression', data: false, depth: 0, parts: [helper], original: helper, loc } as hbs.AST.PathExpression,
    params: argument ? [number, argument] : [number],
    escaped: false,
    strip: { open: false, close: false },
    loc,
  } as unknown as hbs.AST.MustacheStatement;
}

interface Segment {
  readonly start: number;
  readonly source: (offset: number) => Source;
}

function traceOf(
  program: hbs.AST.Program,
  { file, values, prefix, first }: TokenStart & { readonly file: SourceFile; readonly values: JsonObject },
): (offset: number) => Source {
  const mustaches: Mustache[] = [];
  const texts: hbs.AST.ContentStatement[] = [];
  const run = compile(rewrite(program, { file, mustaches, texts }));
  const segments: Segment[] = [];
  let length = 0;
  let tokens = first;
  const add = (text: string, source: Segment['source']): string => {
    segments.push({ start: length, source });
    length += text.length;
    return text;
  };
  run(values, {
    [EMIT]: (id) => add(tokenText(prefix, tokens++), () => mustaches[id]?.source ?? sourceAt(file.path, { line: 1, column: 1 })),
    [TEXT]: (id) => {
      const node = texts[id];
      return node ? add(node.value, (offset) => sourceAtOffset(file, contentStart(node, file) + offset)) : '';
    },
  });
  return (offset) => {
    const segment = segments.findLast(({ start }) => start <= offset) ?? segments[0];
    return segment ? segment.source(Math.max(0, offset - segment.start)) : sourceAt(file.path, { line: 1, column: 1 });
  };
}

/** Where a content's text starts in the file: white space that Handlebars took away stood before it. */
function contentStart({ loc, value, original }: hbs.AST.ContentStatement, { text }: SourceFile): number {
  let start = 0;
  for (let line = 1; line < loc.start.line; line++) start = text.indexOf('\n', start) + 1;
  return start + loc.start.column + Math.max(0, (original as unknown as string).indexOf(value));
}
