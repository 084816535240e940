import { Buffer } from 'node:buffer';
import { isScalar, type Node, Scalar } from 'yaml';
import type { Finding } from './problem.ts';
import { keyText, type Resolved, resolvePlain, resolveTagged, type ScalarTag } from './resolve-scalar.ts';

/** Takes what is wrong with a node. */
export type Report = (finding: Finding) => void;

const STANDARD = 'tag:yaml.org,2002:';
const SCALAR_TAGS: ReadonlySet<string> = new Set<ScalarTag>(['str', 'bool', 'int', 'float', 'null', 'timestamp']);

/** What a scalar means: plain ones are resolved, all others are text, unless a tag asks for something else. */
export function readScalar(node: Scalar, report: Report): Resolved {
  const source = node.source ?? '';
  if (node.type === Scalar.QUOTE_DOUBLE && /\p{Surrogate}/u.test(source)) {
    report({ kind: 'syntax', message: 'half of a surrogate pair is no character', ...spanOf(node) });
  }
  if (node.tag === undefined) return node.type === Scalar.PLAIN ? resolvePlain(source) : source;
  if (node.tag === '!' || node.tag === `${STANDARD}merge`) return source;
  const name = node.tag.startsWith(STANDARD) ? node.tag.slice(STANDARD.length) : '';
  const value = isScalarTag(name) ? resolveTagged(name, source) : name === 'binary' ? textOfBase64(source) : undefined;
  if (value !== undefined) return value;
  const isKnown = isScalarTag(name) || name === 'binary';
  report(tagFinding(node, isKnown ? `"${shorten(source)}" cannot be read as !!${name}` : `tag "${shortTag(node.tag)}" is not known`));
  return source;
}

function isScalarTag(name: string): name is ScalarTag {
  return SCALAR_TAGS.has(name);
}

function shortTag(tag: string): string {
  return tag.startsWith(STANDARD) ? `!!${tag.slice(STANDARD.length)}` : tag;
}

/** Reports a tag that makes something else than a map or a list of a collection. */
export function judgeCollectionTag(node: Node, { kind, report }: { readonly kind: 'map' | 'seq'; readonly report: Report }): void {
  const { tag } = node;
  if (tag === undefined || tag === '!' || tag === STANDARD + kind) return;
  report(tagFinding(node, `tag "${shortTag(tag)}" does not fit a ${kind === 'map' ? 'map' : 'list'}`));
}

function tagFinding(node: Node, message: string): Finding {
  return { kind: 'tag', message, ...spanOf(node) };
}

/** A scalar as a key of a JSON object; `undefined`, and reported, where it is none. */
export function readKey(node: Node | null, report: Report): string | undefined {
  if (!isScalar(node)) {
    report({ kind: 'syntax', message: 'a map or list cannot be a key', ...spanOf(node) });
    return undefined;
  }
  const key = keyText(readScalar(node, report), node.source ?? '');
  if (key === undefined) report({ kind: 'syntax', message: `${shorten(node.source || 'null')} cannot be a key`, ...spanOf(node) });
  return key;
}

/** Whether a key is YAML 1.1's `<<`, which lays other maps under its own. */
export function isMergeKey(key: unknown): boolean {
  if (!isScalar(key) || key.source !== '<<') return false;
  return key.tag === undefined ? key.type === Scalar.PLAIN : key.tag === `${STANDARD}merge`;
}

/** Offsets of a node's text, without what follows it. */
export function spanOf(node: Node | null | undefined): { readonly start: number; readonly end: number } {
  const [start = 0, end = start] = node?.range ?? [];
  return { start, end };
}

/** The text behind `!!binary`; bytes that are no UTF-8 have no place in JSON. */
function textOfBase64(source: string): string | undefined {
  const base64 = source.replaceAll(/[\r\n]/g, '');
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
