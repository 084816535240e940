/** A place in a text. Lines and columns count from 1, columns in UTF-16 code units; `length` stays on the first line and is at least 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** What is wrong with a YAML text, and where. `message` is part of a sentence: no capital, no full stop. */
export interface YamlProblem extends Place {
  readonly kind: 'syntax' | 'duplicate-key' | 'aliases' | 'depth' | 'forbidden-key' | 'tag';
  readonly message: string;
  /** The key in question, for `duplicate-key` and `forbidden-key`. */
  readonly key?: string;
}

/** A problem before its place is worked out: from offset `start` up to `end`. */
export interface Finding {
  readonly kind: YamlProblem['kind'];
  readonly message: string;
  readonly key?: string;
  readonly start: number;
  readonly end: number;
}

/** Turns offsets of a text into places; the text's lines are counted on the first call. */
export function placesIn(text: string): (start: number, end: number) => Place {
  let lineStarts: readonly number[] | undefined;
  return (start, end) => {
    lineStarts ??= findLineStarts(text);
    const at = Math.min(Math.max(start, 0), text.length);
    const index = lastAtMost(lineStarts, at);
    const lineStart = lineStarts[index] ?? 0;
    const nextLine = lineStarts[index + 1];
    const lineEnd = nextLine === undefined ? text.length : nextLine - (text[nextLine - 2] === '\r' ? 2 : 1);
    return { line: index + 1, column: at - lineStart + 1, length: Math.max(1, Math.min(end, lineEnd) - at) };
  };
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The index of the last number that is not above `limit`, in a sorted list that begins with 0. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
