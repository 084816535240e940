import { RUN } from '../../diagnostics/diagnose.ts';
import { readText } from '../../io/read-text.ts';
import type { Change } from '../../model/change.ts';
import { type Places, rootOf } from '../changes-by-root.ts';

/** A change with both of its texts; the empty text stands for none. */
export interface TextChange {
  readonly change: Change;
  readonly before: string;
  readonly after: string;
}

const TEXT = new TextDecoder();

/** Changes with the texts before and after, one at a time. What cannot be read as text counts as empty. */
export async function* textChanges(places: Places, changes: readonly Change[]): AsyncGenerator<TextChange> {
  for (const change of changes) {
    const { path, before, after } = change;
    const there = before === undefined ? undefined : await readText({ root: rootOf(change.target, places), path, reach: RUN });
    yield { change, before: there && 'text' in there ? there.text : '', after: after === undefined ? '' : TEXT.decode(after) };
  }
}
