import Handlebars from 'handlebars';
import type { SourceFile } from '../model/source.ts';

/** The parts of a Handlebars template that may be used here, as a closed union; anything else is `other`. */
export type Statement =
  | { readonly type: 'ContentStatement'; readonly node: hbs.AST.ContentStatement }
  | { readonly type: 'MustacheStatement'; readonly node: hbs.AST.MustacheStatement }
  | { readonly type: 'BlockStatement'; readonly node: hbs.AST.BlockStatement }
  | { readonly type: 'CommentStatement'; readonly node: hbs.AST.CommentStatement }
  | { readonly type: 'other'; readonly node: hbs.AST.Statement };

export function toStatement(node: hbs.AST.Statement): Statement {
  switch (node.type) {
    case 'ContentStatement':
      return { type: 'ContentStatement', node: node as hbs.AST.ContentStatement };
    case 'MustacheStatement':
      return { type: 'MustacheStatement', node: node as hbs.AST.MustacheStatement };
    case 'BlockStatement':
      return { type: 'BlockStatement', node: node as hbs.AST.BlockStatement };
    case 'CommentStatement':
      return { type: 'CommentStatement', node: node as hbs.AST.CommentStatement };
    default:
      return { type: 'other', node };
  }
}

export function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

export function isCall(node: hbs.AST.Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression';
}

export function isString(node: hbs.AST.Node): node is hbs.AST.StringLiteral {
  return node.type === 'StringLiteral';
}

export function isNumber(node: hbs.AST.Node): node is hbs.AST.NumberLiteral {
  return node.type === 'NumberLiteral';
}

/** A statement's text as written, for messages. */
export function written(node: hbs.AST.Node): string {
  if (isPath(node)) return node.original;
  if (isCall(node)) return `(${[node.path, ...node.params].map((part) => written(part)).join(' ')})`;
  if (isString(node)) return JSON.stringify(node.value);
  return 'original' in node ? String(node.original) : node.type;
}

/** What a mustache writes, for messages: `items`, `lookup ports "http"`. */
export function writtenMustache({ path, params }: hbs.AST.MustacheStatement): string {
  return [path, ...params].map((part) => written(part)).join(' ');
}

export type ParsedTemplate =
  | { readonly ok: true; readonly program: hbs.AST.Program }
  | { readonly ok: false; readonly reason: string; readonly line: number; readonly column: number };

const MOST_NESTED = 50;

export function parseTemplate({ text }: SourceFile): ParsedTemplate {
  if (nestingOf(text) > MOST_NESTED) return { ok: false, reason: `blocks nest deeper than ${MOST_NESTED}`, line: 1, column: 1 };
  try {
    const program = Handlebars.parse(text);
    if (depthOf(program) > MOST_NESTED) return { ok: false, reason: `blocks nest deeper than ${MOST_NESTED}`, line: 1, column: 1 };
    return { ok: true, program };
  } catch (error) {
    return { ok: false, ...complaintOf(error) };
  }
}

/** How deep blocks and sub-expressions nest, read off the text: Handlebars' own parser takes quadratic time and the whole stack. */
function nestingOf(text: string): number {
  let blocks = 0;
  let deepest = 0;
  for (const [mustache] of text.matchAll(/\{\{[^}]*/g)) {
    const [mark] = /[^{~\s]/.exec(mustache) ?? [];
    if (mark === '#' || (mark === '^' && /\^\s*[\w.@]/.test(mustache))) blocks += 1;
    if (mark === '/') blocks -= 1;
    deepest = Math.max(deepest, blocks, parenthesesIn(mustache));
  }
  return deepest;
}

function parenthesesIn(mustache: string): number {
  let open = 0;
  let deepest = 0;
  for (const character of mustache) {
    if (character === '(') deepest = Math.max(deepest, ++open);
    if (character === ')') open -= 1;
  }
  return deepest;
}

function depthOf(program: hbs.AST.Program | undefined): number {
  if (!program) return 0;
  let depth = 0;
  for (const node of program.body) {
    if (node.type !== 'BlockStatement') continue;
    const block = node as hbs.AST.BlockStatement;
    depth = Math.max(depth, depthOf(block.program), depthOf(block.inverse));
  }
  return depth + 1;
}

/** Handlebars says the place in a property, or in the text of its message. */
function complaintOf(error: unknown): { readonly reason: string; readonly line: number; readonly column: number } {
  const { message, lineNumber, column } = error as { message?: string; lineNumber?: number; column?: number };
  const text = message ?? String(error);
  const parsed = /^Parse error on line (\d+):\n(.*)\n(-*)\^\n(.*)$/s.exec(text);
  if (parsed) {
    const got = /got '([A-Z_]+)'/.exec(parsed[4] ?? '')?.[1];
    const near = (parsed[2] ?? '').slice(Math.max(0, (parsed[3] ?? '').length - 20));
    const what = got === 'EOF' ? 'it ends inside a block or mustache' : `it is not Handlebars near ${JSON.stringify(near.slice(0, 40))}`;
    return { reason: what, line: Number(parsed[1]), column: 1 };
  }
  return { reason: text.replace(/ - \d+:\d+$/, '').split('\n')[0] ?? text, line: lineNumber ?? 1, column: (column ?? 0) + 1 };
}
