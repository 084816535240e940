import { type Piece, splitTemplate } from './split.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Something with a value: an operand, or a function with its arguments. `given` is what comes from before a `|`. */
export type Expression =
  | Extract<Token, { readonly kind: 'chain' | 'literal' }>
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Node =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'print'; readonly value: Expression; readonly line: number }
  | { readonly kind: 'set'; readonly name: string; readonly isNew: boolean; readonly value: Expression; readonly line: number }
  | Branch;

export interface Branch {
  readonly kind: 'if' | 'with' | 'range';
  readonly value: Expression;
  /** Names that the block gives: of `range`, index and element; of the others, the value. */
  readonly names: readonly string[];
  readonly then: readonly Node[];
  readonly otherwise: readonly Node[];
  readonly line: number;
}

export interface TemplateProblem {
  readonly line: number;
  readonly reason: string;
}

const DEEPEST = 50;
const MOST_TOKENS = 500;
/** What Go has and documents for emcoctl do not use. */
const UNKNOWN: ReadonlySet<string> = new Set(['define', 'template', 'block', 'break', 'continue']);

interface Parser {
  readonly pieces: readonly Piece[];
  readonly problems: TemplateProblem[];
  at: number;
  depth: number;
}

/** Reads a Go template, as far as documents for emcoctl use it. */
export function parseTemplate(text: string): { readonly nodes: readonly Node[]; readonly problems: readonly TemplateProblem[] } {
  const { pieces, problem } = splitTemplate(text);
  if (problem) return { nodes: [], problems: [problem] };
  const parser: Parser = { pieces, problems: [], at: 0, depth: 0 };
  const { nodes, end } = parseBlock(parser);
  if (end) fail(parser, end, `"${wordOf(end)}" has nothing to end`);
  return { nodes, problems: parser.problems };
}

interface Block {
  readonly nodes: readonly Node[];
  /** `end` or `else …`; absent at the end of the text. */
  readonly end?: Piece;
}

function parseBlock(parser: Parser): Block {
  const nodes: Node[] = [];
  while (parser.at < parser.pieces.length && parser.problems.length === 0) {
    const piece = parser.pieces[parser.at] as Piece;
    parser.at += 1;
    if (piece.kind === 'text') nodes.push({ kind: 'text', text: piece.text, line: piece.line });
    else if (/^(?:end|else)(?!\w)/.test(piece.text)) return { nodes, end: piece };
    else {
      const node = parseAction(piece, parser);
      if (node) nodes.push(node);
    }
  }
  return { nodes };
}

function parseAction(piece: Piece, parser: Parser): Node | undefined {
  const tokens = tokensOf(piece.text);
  if (typeof tokens === 'string') {
    fail(parser, piece, tokens);
    return;
  }
  if (tokens.length > MOST_TOKENS) {
    fail(parser, piece, `it has more than ${MOST_TOKENS} parts`);
    return;
  }
  const [first, ...rest] = tokens;
  if (first?.kind === 'word' && (first.text === 'if' || first.text === 'with' || first.text === 'range'))
    return parseBranch(first.text, { tokens: rest, piece, parser });
  if (first?.kind === 'word' && UNKNOWN.has(first.text)) {
    fail(parser, piece, `"${first.text}" is not known here`);
    return;
  }
  const { names, sign, value } = parsePipeline(tokens, { piece, parser });
  if (!value) return undefined;
  const [name] = names;
  if (name === undefined) return { kind: 'print', value, line: piece.line };
  return { kind: 'set', name, isNew: sign === ':=', value, line: piece.line };
}

interface Reading {
  readonly piece: Piece;
  readonly parser: Parser;
}

function parseBranch(kind: Branch['kind'], { tokens, piece, parser }: Reading & { readonly tokens: readonly Token[] }): Node | undefined {
  const { names, value } = parsePipeline(tokens, { piece, parser });
  parser.depth += 1;
  if (parser.depth > DEEPEST) {
    fail(parser, piece, `blocks lie in one another more than ${DEEPEST} deep`);
    return;
  }
  const then = parseBlock(parser);
  const otherwise = parseElse(then, { piece, parser });
  parser.depth -= 1;
  return value && { kind, value, names, then: then.nodes, otherwise, line: piece.line };
}

function parseElse({ end }: Block, { piece, parser }: Reading): readonly Node[] {
  if (!end) {
    if (parser.problems.length === 0) fail(parser, piece, `"${wordOf(piece)}" has no "end"`);
    return [];
  }
  if (end.text === 'end') return [];
  const [, chained] = /^else\s+((?:if|with)\b[^]*)$/.exec(end.text) ?? [];
  if (chained !== undefined) {
    // `else if` is a block in the other's place, and ends with it.
    const node = parseAction({ kind: 'action', text: chained, line: end.line }, parser);
    return node ? [node] : [];
  }
  if (end.text !== 'else') fail(parser, end, 'what follows "else" is not understood');
  const rest = parseBlock(parser);
  if (rest.end?.text !== 'end' && parser.problems.length === 0) fail(parser, end, '"else" has no "end"');
  return rest.nodes;
}

interface Pipeline {
  readonly names: readonly string[];
  readonly sign?: ':=' | '=';
  readonly value?: Expression;
}

function parsePipeline(tokens: readonly Token[], reading: Reading): Pipeline {
  const at = tokens.findIndex((token) => token.kind === 'sign' && (token.text === ':=' || token.text === '='));
  const names = at < 0 ? [] : tokens.slice(0, at).flatMap((token) => (token.kind === 'chain' ? [token.variable ?? ''] : []));
  const value = parseStages(tokens.slice(at + 1), reading);
  return { names, ...(at >= 0 && { sign: (tokens[at] as { readonly text: ':=' | '=' }).text }), ...(value && { value }) };
}

/** Stages between `|`: the value of each is the last argument of the next. */
function parseStages(tokens: readonly Token[], { piece, parser }: Reading): Expression | undefined {
  const reader = { tokens, at: 0 };
  let value: Expression | undefined;
  do {
    const parts: (Expression | { readonly kind: 'word'; readonly text: string })[] = [];
    for (let token = reader.tokens[reader.at]; token && !isSign(token, '|'); token = reader.tokens[reader.at]) {
      reader.at += 1;
      if (isSign(token, '(')) {
        const inner = parseStages(upToClosing(reader), { piece, parser });
        if (inner) parts.push(inner);
      } else if (token.kind === 'sign') {
        fail(parser, piece, `"${token.text}" stands where it means nothing`);
        return;
      } else parts.push(token);
    }
    value = toStage(parts, value);
    if (!value) {
      fail(parser, piece, 'it is not understood');
      return;
    }
    reader.at += 1;
  } while (reader.at <= tokens.length);
  return value;
}

function toStage(
  [first, ...rest]: readonly (Expression | { readonly kind: 'word'; readonly text: string })[],
  given: Expression | undefined,
): Expression | undefined {
  if (!first || rest.some(({ kind }) => kind === 'word')) return undefined;
  const args = [...(rest as readonly Expression[]), ...(given ? [given] : [])];
  if (first.kind === 'word') return { kind: 'call', name: first.text, args };
  return args.length === 0 ? first : undefined;
}

/** The tokens up to the `)` of a `(` that was read; moves behind it. */
function upToClosing(reader: { readonly tokens: readonly Token[]; at: number }): readonly Token[] {
  const start = reader.at;
  let depth = 1;
  while (reader.at < reader.tokens.length && depth > 0) {
    const token = reader.tokens[reader.at] as Token;
    if (isSign(token, '(')) depth += 1;
    if (isSign(token, ')')) depth -= 1;
    reader.at += 1;
  }
  return reader.tokens.slice(start, depth === 0 ? reader.at - 1 : reader.at);
}

function isSign(token: Token, text: string): boolean {
  return token.kind === 'sign' && token.text === text;
}

function wordOf({ text }: Piece): string {
  return /^\w*/.exec(text)?.[0] ?? '';
}

function fail({ problems }: Parser, { line }: Piece, reason: string): void {
  problems.push({ line, reason });
}
