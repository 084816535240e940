import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { isPlain } from './plain.ts';

/**
 * Prints a value as YAML in the style of Kubernetes' manifests: block style, lists not indented under their key, nothing folded, keys in
 * the order given. Strings are quoted where YAML 1.1 or 1.2 would read something else; text of several lines is a literal block where
 * that gives the same text back. The result ends with a line break and bears no document marker.
 *
 * A surrogate without its partner, which no file can hold, is written as U+FFFD.
 */
export function printYaml(value: Json): string {
  const lines: string[] = [];
  if (Array.isArray(value) && value.length > 0) printList(lines, value as readonly Json[], { first: '', rest: '' });
  else if (isJsonObject(value) && !isEmpty(value)) printMap(lines, value, { first: '', rest: '' });
  else printScalar(lines, value, { lead: '', indent: '  ' });
  return `${lines.join('\n')}\n`;
}

/** What stands before a block's first line, and before all others. */
interface Margin {
  readonly first: string;
  readonly rest: string;
}

function printMap(lines: string[], map: JsonObject, margin: Margin): void {
  let lead = margin.first;
  for (const key of Object.keys(map)) {
    printMember(lines, map[key] ?? null, { lead: lead + printKey(key, margin.rest), indent: margin.rest });
    lead = margin.rest;
  }
}

function printMember(lines: string[], value: Json, { lead, indent }: { readonly lead: string; readonly indent: string }): void {
  if (Array.isArray(value) && value.length > 0) {
    lines.push(lead);
    printList(lines, value as readonly Json[], { first: indent, rest: indent });
  } else if (isJsonObject(value) && !isEmpty(value)) {
    lines.push(lead);
    printMap(lines, value, { first: `${indent}  `, rest: `${indent}  ` });
  } else {
    printScalar(lines, value, { lead: `${lead} `, indent: `${indent}  ` });
  }
}

/** Readers take `key:` on one line only up to 1024 characters; longer keys get a line of their own. */
const LONGEST_KEY = 1000;

function printKey(key: string, indent: string): string {
  const text = isPlain(key) ? key : quote(key);
  return text.length <= LONGEST_KEY ? `${text}:` : `? ${text}\n${indent}:`;
}

function printList(lines: string[], list: readonly Json[], margin: Margin): void {
  let lead = `${margin.first}- `;
  const inner = `${margin.rest}  `;
  for (const item of list) {
    if (Array.isArray(item) && item.length > 0) printList(lines, item as readonly Json[], { first: lead, rest: inner });
    else if (isJsonObject(item) && !isEmpty(item)) printMap(lines, item, { first: lead, rest: inner });
    else printScalar(lines, item, { lead, indent: inner });
    lead = `${margin.rest}- `;
  }
}

function isEmpty(map: JsonObject): boolean {
  for (const key in map) if (Object.hasOwn(map, key)) return false;
  return true;
}

function printScalar(lines: string[], value: Json, { lead, indent }: { readonly lead: string; readonly indent: string }): void {
  if (typeof value === 'string') {
    if (value.includes('\n') && isLiteral(value)) printLiteral(lines, value, { lead, indent });
    else lines.push(lead + (isPlain(value) ? value : quote(value)));
  } else if (typeof value === 'number') lines.push(lead + printNumber(value));
  else if (typeof value === 'object' && value !== null) lines.push(lead + (Array.isArray(value) ? '[]' : '{}'));
  else lines.push(lead + String(value));
}

/** Floats above 2^53 keep their exponent, so that nobody takes them for exact integers. */
function printNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`YAML for Kubernetes has no ${String(value)}`);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value);
}

/** Blocks that begin with a space or an empty line would need an indicator that readers disagree on. */
function isLiteral(text: string): boolean {
  return LITERAL.test(text) && !/^[\n \t]/.test(text);
}

const LITERAL = /^[\t\n\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u;

function printLiteral(lines: string[], text: string, { lead, indent }: { readonly lead: string; readonly indent: string }): void {
  const chomping = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') ? '+' : '';
  lines.push(`${lead}|${chomping}`);
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  for (const line of body.split('\n')) lines.push(line === '' ? '' : indent + line);
}

const UNPRINTABLE = /[^\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]/gu;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
]);

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll(UNPRINTABLE, escape)}"`;
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return '\\uFFFD';
  const digits = code.toString(16).toUpperCase();
  return ESCAPES.get(character) ?? (code > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`);
}
