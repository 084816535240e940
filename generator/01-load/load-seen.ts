import { RUN } from '../diagnostics/diagnose.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { IntentDocument } from '../model/intents.ts';
import type { SourceFile } from '../model/source.ts';
import { readDocuments } from './read-documents.ts';

/** The documents of `--seen`. Any mistake stops the run: what was seen decides what may be deleted. */
export function loadSeen(file: SourceFile): Outcome<readonly IntentDocument[]> {
  const { documents, problems } = readDocuments(file);
  return { value: documents, diagnostics: problems.map((problem) => problem(RUN)) };
}
