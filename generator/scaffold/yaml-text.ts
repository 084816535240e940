import { printable } from '../lib/printable.ts';
import { printYaml } from '../lib/yaml/print.ts';
import type { Json } from '../model/json.ts';

const LINES = Symbol('lines');

/** Lines that are YAML already, to be put into another text. */
export interface Block {
  readonly [LINES]: readonly string[];
}

type Part = Json | Block | undefined;

/** Marks the place of a value; no template holds one. */
const HOLE = /\0(\d+)\0/g;
const LINE = /^(?<indent> *)(?<lead>(?:- )*)(?<key>[A-Za-z][\w.$-]*: )?\0(?<index>\d+)\0$/;

/**
 * A template of YAML with values in it: `key: ${value}`, `- ${value}`, a line that is nothing but `${block}`, or `# ${text}`. Values go
 * through the codec, so that none can be anything but the value of its key. A line whose value is `undefined` is left out.
 */
export function yamlText(texts: TemplateStringsArray, ...values: readonly Part[]): string {
  const whole = texts.map((text, index) => (index === 0 ? text : `\0${index - 1}\0${text}`)).join('');
  const lines = withoutMargin(whole.replace(/^\n/, '').replace(/\n *$/, '').split('\n'));
  return `${lines.flatMap((line) => printLine(line, values)).join('\n')}\n`;
}

/** A template may be indented as the code around it is: what its first line is indented by counts for nothing. */
function withoutMargin(lines: readonly string[]): readonly string[] {
  const margin = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
  return lines.map((line) => line.slice(margin));
}

export function block(text: string): Block {
  return { [LINES]: text.replace(/\n$/, '').split('\n') };
}

/** Every line as a comment, at the place where it would stand. */
export function commented(text: string): Block {
  return { [LINES]: block(text)[LINES].map((line) => (line === '' ? '#' : `# ${line}`)) };
}

function printLine(line: string, values: readonly Part[]): readonly string[] {
  if (!line.includes('\0')) return [line];
  if (line.trimStart().startsWith('#')) return [line.replaceAll(HOLE, (_, index: string) => inComment(values[Number(index)]))];
  const found = LINE.exec(line)?.groups;
  if (!found) throw new Error(`A value cannot stand there: ${JSON.stringify(line)}`);
  const { indent = '', lead = '', key, index } = found;
  const value = values[Number(index)];
  if (value === undefined) return [];
  if (isBlock(value)) return value[LINES].map((text) => (text === '' ? '' : indent + text));
  const inner = key === undefined ? value : { [key.slice(0, -2)]: value };
  const item = lead === '' ? inner : [inner];
  return printYaml(item)
    .trimEnd()
    .split('\n')
    .map((text) => (text === '' ? '' : indent + text));
}

function isBlock(value: Json | Block): value is Block {
  return typeof value === 'object' && value !== null && LINES in value;
}

function inComment(value: Part): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error('Only a text can stand in a comment');
  return printable(String(value));
}
