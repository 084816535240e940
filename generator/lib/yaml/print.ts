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
  printRoot({ lines }, value);
  return `${lines.join('\n')}\n`;
}

/** A YAML text with gaps for scalars that are not known yet. */
export type YamlForm<T> = readonly (string | YamlGap<T>)[];

interface YamlGap<T> extends Place {
  readonly gap: T;
}

/** The value's text with a gap for each string that `gapOf` knows as one. */
export function yamlForm<T>(value: Json, gapOf: (text: string) => T | undefined): YamlForm<T> {
  const form: (string | YamlGap<T>)[] = [];
  const lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) form.push(`${lines.join('\n')}\n`);
    lines.length = 0;
  };
  const leave = (text: string, place: Place): boolean => {
    const gap = gapOf(text);
    if (gap === undefined) return false;
    flush();
    form.push({ gap, ...place });
    return true;
  };
  printRoot({ lines, leave }, value);
  flush();
  return form;
}

/** What `printYaml` gives for the value with its gaps filled. */
export function fillYaml<T>(form: YamlForm<T>, valueOf: (gap: T) => Json): string {
  let text = '';
  for (const part of form) {
    if (typeof part === 'string') text += part;
    else {
      const lines: string[] = [];
      printScalar({ lines }, valueOf(part.gap), part);
      for (const line of lines) text += `${line}\n`;
    }
  }
  return text;
}

/** Where lines go. `leave` is asked first for every text, and answers whether it leaves a gap there. */
interface Out {
  readonly lines: string[];
  readonly leave?: (text: string, place: Place) => boolean;
}

/** What stands before a scalar's first line, and before all others. */
interface Place {
  readonly lead: string;
  readonly indent: string;
}

function printRoot(out: Out, value: Json): void {
  if (Array.isArray(value) && value.length > 0) printList(out, value as readonly Json[], { first: '', rest: '' });
  else if (isJsonObject(value) && !isEmpty(value)) printMap(out, value, { first: '', rest: '' });
  else printScalar(out, value, { lead: '', indent: '  ' });
}

/** What stands before a block's first line, and before all others. */
interface Margin {
  readonly first: string;
  readonly rest: string;
}

function printMap(out: Out, map: JsonObject, margin: Margin): void {
  let lead = margin.first;
  for (const key of Object.keys(map)) {
    printMember(out, map[key] ?? null, { lead: lead + printKey(key, margin.rest), indent: margin.rest });
    lead = margin.rest;
  }
}

function printMember(out: Out, value: Json, { lead, indent }: Place): void {
  if (Array.isArray(value) && value.length > 0) {
    out.lines.push(lead);
    printList(out, value as readonly Json[], { first: indent, rest: indent });
  } else if (isJsonObject(value) && !isEmpty(value)) {
    out.lines.push(lead);
    printMap(out, value, { first: `${indent}  `, rest: `${indent}  ` });
  } else {
    printScalar(out, value, { lead: `${lead} `, indent: `${indent}  ` });
  }
}

/** Readers take `key:` on one line only up to 1024 characters; longer keys get a line of their own. */
const LONGEST_KEY = 1000;

function printKey(key: string, indent: string): string {
  const text = isPlain(key) ? key : quote(key);
  return text.length <= LONGEST_KEY ? `${text}:` : `? ${text}\n${indent}:`;
}

function printList(out: Out, list: readonly Json[], margin: Margin): void {
  let lead = `${margin.first}- `;
  const inner = `${margin.rest}  `;
  for (const item of list) {
    if (Array.isArray(item) && item.length > 0) printList(out, item as readonly Json[], { first: lead, rest: inner });
    else if (isJsonObject(item) && !isEmpty(item)) printMap(out, item, { first: lead, rest: inner });
    else printScalar(out, item, { lead, indent: inner });
    lead = `${margin.rest}- `;
  }
}

function isEmpty(map: JsonObject): boolean {
  for (const key in map) if (Object.hasOwn(map, key)) return false;
  return true;
}

function printScalar(out: Out, value: Json, place: Place): void {
  const { lead } = place;
  if (typeof value === 'string') {
    if (out.leave?.(value, place) === true) return;
    if (value.includes('\n') && isLiteral(value)) printLiteral(out, value, place);
    else out.lines.push(lead + (isPlain(value) ? value : quote(value)));
  } else if (typeof value === 'number') out.lines.push(lead + printNumber(value));
  else if (typeof value === 'object' && value !== null) out.lines.push(lead + (Array.isArray(value) ? '[]' : '{}'));
  else out.lines.push(lead + String(value));
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

function printLiteral(out: Out, text: string, { lead, indent }: Place): void {
  const chomping = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') ? '+' : '';
  out.lines.push(`${lead}|${chomping}`);
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  for (const line of body.split('\n')) out.lines.push(line === '' ? '' : indent + line);
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
