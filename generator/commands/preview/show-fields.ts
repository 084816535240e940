import { diffLines } from 'diff';
import type { FieldChange, FieldStep } from '../../09-plan/compare-values.ts';
import type { Paint } from '../../diagnostics/report/paint.ts';
import { visible } from '../../diagnostics/report/visible.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { Json } from '../../model/json.ts';

const CONTEXT = 2;
const MOST_EDITS = 2000;

/** A changed field in words: `spec.replicas: 2 → 3`, whole maps and lists as YAML, text of several lines as a line diff. */
export function showField({ path, before, after }: FieldChange, paint: Paint): readonly string[] {
  const name = visible(fieldName(path));
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
  return shown;
}

function around(same: readonly string[], { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean }): readonly string[] {
  const head = isFirst ? [] : same.slice(0, CONTEXT);
  const tail = isLast ? [] : same.slice(Math.max(head.length, same.length - CONTEXT));
  return head.length + tail.length < same.length && head.length > 0 && tail.length > 0 ? [...head, '…', ...tail] : [...head, ...tail];
}

/** The lines of a text that ends with one. */
export function lines(text: string): readonly string[] {
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
  return [colour(`${sign} ${name}:`), ...lines(text).map((line) => colour(`${sign}   ${visible(line)}`))];
}

function isShort(value: Json): boolean {
  if (typeof value === 'string') return !value.includes('\n');
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function scalar(value: Json): string {
  return visible(printYaml(value).trimEnd());
}

/** A field's path as people write it: `spec.containers[web].image`. */
export function fieldName(path: readonly FieldStep[]): string {
  return path.map((step, index) => showStep(step, index === 0)).join('');
}

function showStep(step: FieldStep, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (typeof step === 'object') return `[${step.name}]`;
  if (!/^[A-Za-z0-9_-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
  return isFirst ? step : `.${step}`;
}
