import { secretIn } from '../../lib/secret-shapes.ts';
import type { JsonObject } from '../../model/json.ts';
import { textAt } from './members.ts';
import type { EmcoDocument } from './model.ts';

/** What a document says about itself, as free notes; nothing that looks like a credential. */
export function annotationsOf({ metadata }: EmcoDocument): JsonObject | undefined {
  const notes = ['description', 'userData1', 'userData2'].flatMap((key) => {
    const text = textAt(metadata, key);
    // What emcoctl's examples have in all documents says nothing.
    const saysNothing = text === undefined || text === key || secretIn(text) !== undefined;
    return saysNothing ? [] : [[key, text] as const];
  });
  return notes.length === 0 ? undefined : Object.fromEntries(notes);
}
