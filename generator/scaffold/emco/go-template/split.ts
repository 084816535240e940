/** A piece of a Go template: text as it stands, or what stands between `{{` and `}}`. Lines count from 1. */
export interface Piece {
  readonly kind: 'text' | 'action';
  readonly text: string;
  readonly line: number;
}

export interface SplitProblem {
  readonly line: number;
  readonly reason: string;
}

/** Cuts a template into its pieces. `{{-` and `-}}` take the white space beside them away, comments are left out. Source: Go, text/template, "Text and spaces". */
export function splitTemplate(text: string): { readonly pieces: readonly Piece[]; readonly problem?: SplitProblem } {
  const pieces: Piece[] = [];
  const cursor = { at: 0, line: 1, trimsNext: false };
  const take = (end: number): Piece => {
    const piece: Piece = { kind: 'text', text: text.slice(cursor.at, end), line: cursor.line };
    cursor.line += breaksIn(piece.text);
    cursor.at = end;
    return piece;
  };
  for (;;) {
    const open = text.indexOf('{{', cursor.at);
    const before = trimmed(take(open < 0 ? text.length : open), cursor.trimsNext);
    if (open < 0) return { pieces: [...pieces, before] };
    const line = cursor.line;
    const close = endOfAction(text, open + 2);
    if (close === undefined) return { pieces, problem: { line, reason: '"{{" has no "}}"' } };
    const inner = text.slice(open + 2, close);
    const trimsBefore = /^-\s/.test(inner);
    cursor.trimsNext = /\s-$/.test(inner);
    pieces.push(trimsBefore ? { ...before, text: before.text.trimEnd() } : before);
    const action = inner
      .replace(/^-(?=\s)/, '')
      .replace(/(?<=\s)-$/, '')
      .trim();
    if (!/^\/\*[^]*\*\/$/.test(action)) pieces.push({ kind: 'action', text: action, line });
    take(close + 2);
  }
}

function trimmed(piece: Piece, trims: boolean): Piece {
  if (!trims) return piece;
  const text = piece.text.trimStart();
  return { ...piece, text, line: piece.line + breaksIn(piece.text.slice(0, piece.text.length - text.length)) };
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1;
}

/** Where `}}` is, outside of strings and comments. */
function endOfAction(text: string, from: number): number | undefined {
  const comment = /-?\s*\/\*/y;
  comment.lastIndex = from;
  if (comment.test(text)) {
    const end = text.indexOf('*/', from);
    return end < 0 ? undefined : found(text.indexOf('}}', end));
  }
  const part = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\}\}|["`]|[^"`}]+|\}/y;
  part.lastIndex = from;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    if (match[0] === '}}') return match.index;
    if (match[0] === '"' || match[0] === '`') return undefined;
  }
  return undefined;
}

function found(index: number): number | undefined {
  return index < 0 ? undefined : index;
}
