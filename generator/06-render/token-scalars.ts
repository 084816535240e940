import { type Document, isAlias, isMap, isScalar, isSeq, Lexer, type Node, parseAllDocuments, type Scalar as YamlScalar } from 'yaml';
import type { JsonPath } from '../model/json.ts';
import { type Parts, splitTokens } from './tokens.ts';

/** How a scalar is written: only a plain one takes the type of its value. */
export type Style = 'plain' | 'quoted';

/** A scalar with tokens, as a range of its text. */
export interface TokenScalar {
  readonly document: number;
  readonly path: JsonPath;
  readonly start: number;
  readonly end: number;
  readonly style: Style;
  readonly parts: Parts;
  /** An alias may bring it to another place. */
  readonly isAnchored: boolean;
  /** The scalar's text, unescaped, with its tokens. */
  readonly text: string;
}

/** A token where no value may stand. */
export interface Misplaced {
  readonly token: number;
  readonly where: string;
}

export interface ScannedYaml {
  readonly scalars: readonly TokenScalar[];
  readonly misplaced: readonly Misplaced[];
  /** For each document: whether its root is a list. */
  readonly isList: readonly boolean[];
}

interface Scan {
  readonly prefix: string;
  readonly scalars: TokenScalar[];
  readonly misplaced: Misplaced[];
}

interface Place {
  readonly document: number;
  readonly path: JsonPath;
  readonly isAnchored: boolean;
}

/** Finds the scalars of a sound YAML text that hold tokens, and the tokens that stand anywhere else. Those in comments vanish. */
export function scanTokens(text: string, prefix: string): ScannedYaml {
  const scan: Scan = { prefix, scalars: [], misplaced: [] };
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const list = Array.isArray(documents) ? (documents as readonly Document.Parsed[]) : [];
  for (const [document, { contents }] of list.entries()) {
    visit(contents, { document, path: [], isAnchored: false }, scan);
  }
  for (const { token, lexeme } of lexemesWithTokens(text, prefix)) {
    const where = properties.get(lexeme.slice(0, 1));
    if (where !== undefined) scan.misplaced.push({ token, where });
  }
  return { scalars: scan.scalars, misplaced: scan.misplaced, isList: list.map(({ contents }) => isSeq(contents)) };
}

const properties = new Map([
  ['&', 'an anchor'],
  ['*', 'an alias'],
  ['!', 'a tag'],
  ['%', 'a directive'],
]);

/** Scalars' own lexemes follow a mark, so that a plain scalar is never taken for a property. */
function lexemesWithTokens(text: string, prefix: string): readonly { readonly token: number; readonly lexeme: string }[] {
  if (![...properties.keys()].some((sign) => text.includes(sign))) return [];
  const found: { token: number; lexeme: string }[] = [];
  let isScalarNext = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalarNext && lexeme.includes(prefix)) {
      for (const part of splitTokens(lexeme, prefix)) if (typeof part === 'number') found.push({ token: part, lexeme });
    }
    isScalarNext = lexeme === '\x1f';
  }
  return found;
}

function visit(node: Node | null, place: Place, scan: Scan): void {
  if (node === null || isAlias(node)) return;
  const isAnchored = place.isAnchored || (node as { readonly anchor?: string | undefined }).anchor !== undefined;
  if (isScalar(node)) {
    addScalar(node, { ...place, isAnchored }, scan);
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries())
      visit(item as Node | null, { ...place, path: [...place.path, index], isAnchored }, scan);
  } else if (isMap(node)) {
    for (const { key, value } of node.items) {
      refuseKey(key as Node | null, scan);
      const name = isScalar(key) ? String(key.value) : '';
      visit(value as Node | null, { ...place, path: [...place.path, name], isAnchored }, scan);
    }
  }
}

function addScalar(node: YamlScalar, place: Place, scan: Scan): void {
  const text = String(node.value);
  const parts = splitTokens(text, scan.prefix);
  if (!parts.some((part) => typeof part === 'number') || !node.range) return;
  const [start, end] = node.range;
  scan.scalars.push({ ...place, start, end, style: node.type === 'PLAIN' ? 'plain' : 'quoted', parts, text });
}

function refuseKey(key: Node | null, scan: Scan): void {
  if (isScalar(key)) {
    for (const part of splitTokens(String(key.value), scan.prefix)) {
      if (typeof part === 'number') scan.misplaced.push({ token: part, where: "a mapping's key" });
    }
    return;
  }
  const inner: Scan = { prefix: scan.prefix, scalars: [], misplaced: scan.misplaced };
  visit(key, { document: 0, path: [], isAnchored: false }, inner);
  for (const { parts } of inner.scalars) {
    for (const part of parts) if (typeof part === 'number') scan.misplaced.push({ token: part, where: "a mapping's key" });
  }
}
