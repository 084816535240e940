import { share } from '../lib/share.ts';
import type { IntentDocument } from '../model/intents.ts';
import type { Locate } from '../model/source.ts';

/** A document, and where its parts stand in the text that was read last. */
export interface KeptDocument {
  readonly document: IntentDocument;
  at: Locate;
}

/**
 * A file's documents over several readings. One whose content stays is the same object, and so is whatever did not change inside another: later
 * steps know them again. Places always answer for the last reading.
 */
export function keepDocuments(before: readonly KeptDocument[], read: readonly IntentDocument[]): readonly KeptDocument[] {
  // Documents come and go in the middle: those before are counted from the start, those after from the end.
  const shift = before.length - read.length;
  const left = new Set(before);
  const take = (index: number, document: IntentDocument): KeptDocument | undefined => {
    const old = before[index];
    if (!old || !left.has(old) || share(old.document.value, document.value) !== old.document.value) return undefined;
    left.delete(old);
    old.at = document.at;
    return old;
  };
  return read.map((document, index) => {
    const same = take(index, document) ?? take(index + shift, document);
    return same ?? renew(document, before[index]);
  });
}

/** A document that is new, or that changed; then its parts may be old. */
function renew({ file, value, at }: IntentDocument, old: KeptDocument | undefined): KeptDocument {
  const kept: KeptDocument = {
    document: { file, value: share(old?.document.value, value), at: (path, part) => kept.at(path, part) },
    at,
  };
  return kept;
}
