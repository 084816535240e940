import type { Source } from '../../model/source.ts';

/** A part of a text, by offsets, and what comes in its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all edits, which do not overlap; of two at one place the first counts. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let done = 0;
  for (const edit of sorted) {
    if (edit.start < done) continue;
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}

type Place = Pick<Source, 'line' | 'column' | 'length'>;

/** Where a place begins and ends in the text. */
export function spanOf(text: string, { line, column, length }: Place): { readonly start: number; readonly end: number } {
  const start = startOfLine(text, line) + column - 1;
  return { start, end: start + length };
}

/** Takes whole lines out, from the first to the last. */
export function withoutLines(text: string, { first, last }: { readonly first: number; readonly last: number }): Edit {
  return { start: startOfLine(text, first), end: startOfLine(text, last + 1), text: '' };
}

function startOfLine(text: string, line: number): number {
  const breaks = /\r\n|\n|\r/g;
  for (let current = 1; current < line; current += 1) if (!breaks.exec(text)) return text.length;
  return breaks.lastIndex;
}

export function lineAt(text: string, line: number): string {
  return text.slice(startOfLine(text, line), startOfLine(text, line + 1)).replace(/[\r\n]+$/, '');
}
