import type { Source } from '../../model/source.ts';
import type { Paint } from './paint.ts';
import { visible } from './visible.ts';

/** A line and its number, with carets under what is meant. Long lines are cut around it. */
export function frame(
  { line, column, length }: Source,
  written: string,
  { paint, gutter }: { readonly paint: Paint; readonly gutter: number },
): readonly string[] {
  const from = Math.max(0, Math.min(column - 1, written.length) - BEFORE);
  const to = Math.min(written.length, from + WIDTH);
  const before = show(written.slice(from, column - 1));
  const marked = show(written.slice(column - 1, Math.min(column - 1 + length, to)));
  const after = show(written.slice(Math.min(column - 1 + length, to), to));
  const start = from > 0 ? '…' : '';
  const carets = '^'.repeat(Math.max(1, widthOf(marked)));
  const bar = paint.cyan('|');
  return [
    `${paint.cyan(String(line).padStart(gutter))} ${bar} ${start}${before}${marked}${after}${to < written.length ? '…' : ''}`,
    `${' '.repeat(gutter)} ${bar} ${' '.repeat(start.length + widthOf(before))}${paint.red(carets)}`,
  ];
}

const BEFORE = 80;
const WIDTH = 140;

function show(text: string): string {
  return visible(text.replaceAll('\t', '  '));
}

/** Columns on a terminal: wide characters take two, combining ones none. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
