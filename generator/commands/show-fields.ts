import { diffLines } from 'diff';
import type { FieldChange, FieldStep } from '../09-plan/compare-values.ts';
import type { Paint } from '../diagnostics/report/paint.ts';
import { visible } from '../diagnostics/report/visible.ts';
import { printYaml } from '../lib/yaml/print.ts';
import { isJsonObject, type Json } from '../model/json.ts';

const LONGEST = 40;
const CONTEXT = 2;
const MOST_EDITS = 2000;

/** A changed field in words: `spec.replicas: 2 → 3`, whole maps and lists as YAML, text of several lines as a line diff. */
export function showField({ path, before, after }: FieldChange, paint: Paint): readonly string[] {
  const name = visible(showPath(path));
  if (typeof before === 'string' && typeof after === 'string' && (before.includes('\n') || after.includes('\n')))
    return [`${name}:`, ...showText(before, after, paint).map((line) => `  ${line}`)];
  if (before !== undefined && after !== undefined && isShort(before) && isShort(after))
    return [`${name}: ${paint.red(scalar(before))} → ${paint.green(scalar(after))}`];
  return [
    ...(before === undefined ? [] : block('-', { name, value: before, colour: paint.red })),
    ...(after === undefined ? [] : block('+', { name, value: after, colour: paint.green })),
  ];
}

/** Two texts by line, with a little of what stayed around what changed. */
export function showText(before: string, after: string, paint: Paint): readonly string[] {
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS });
  if (!parts) return [paint.dim(`(${lines(before).length} lines before, ${lines(after).length} after: too different to compare)`)];
  const shown = parts.flatMap(({ value, added, removed }, index) => {
    if (added) return lines(value).map((line) => paint.green(`+ ${visible(line)}`));
    if (removed) return lines(value).map((line) => paint.red(`- ${visible(line)}`));
    return around(lines(value), { isFirst: index === 0, isLast: index === parts.length - 1 }).map((line) =>
      paint.dim(`  ${visible(line)}`),
    );
  });
  return cut(shown);
}

function around(same: readonly string[], { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean }): readonly string[] {
  const head = isFirst ? [] : same.slice(0, CONTEXT);
  const tail = isLast ? [] : same.slice(Math.max(head.length, same.length - CONTEXT));
  return head.length + tail.length < same.length && head.length > 0 && tail.length > 0 ? [...head, '…', ...tail] : [...head, ...tail];
}

function lines(text: string): readonly string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

interface Block {
  readonly name: string;
  readonly value: Json;
  readonly colour: (text: string) => string;
}

function block(sign: '+' | '-', { name, value, colour }: Block): readonly string[] {
  if (isShort(value)) return [colour(`${sign} ${name}: ${scalar(value)}`)];
  const text = typeof value === 'string' ? value : printYaml(value);
  return [colour(`${sign} ${name}:`), ...cut(lines(text).map((line) => colour(`${sign}   ${visible(line)}`)))];
}

function cut(shown: readonly string[]): readonly string[] {
  return shown.length <= LONGEST ? shown : [...shown.slice(0, LONGEST), `… ${shown.length - LONGEST} more lines`];
}

function isShort(value: Json): boolean {
  if (typeof value === 'string') return !value.includes('\n');
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function scalar(value: Json): string {
  return visible(printYaml(value).trimEnd());
}

function showPath(path: readonly FieldStep[]): string {
  return path.map((step, index) => showStep(step, index === 0)).join('');
}

function showStep(step: FieldStep, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (typeof step === 'object') return `[${step.name}]`;
  if (!/^[A-Za-z0-9_-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
  return isFirst ? step : `.${step}`;
}

/** What a Secret holds is not shown, not even when it goes. */
export function withoutSecrets(change: FieldChange, kind: string): FieldChange {
  const [top] = change.path;
  if (kind !== 'Secret' || (top !== 'data' && top !== 'stringData')) return change;
  return {
    path: change.path,
    ...(change.before !== undefined && { before: veil(change.before, 'was') }),
    ...(change.after !== undefined && { after: veil(change.after, 'is') }),
  };
}

function veil(value: Json, tense: 'was' | 'is'): Json {
  return isJsonObject(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, `(${tense} secret)`])) : `(${tense} secret)`;
}
