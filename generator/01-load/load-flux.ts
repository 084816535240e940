import type { Outcome } from '../model/diagnostic.ts';
import { RUN } from '../diagnostics/diagnose.ts';
import type { InputFiles, LoadedFlux } from '../model/intents.ts';
import type { SourceFile } from '../model/source.ts';
import { readDocuments } from './read-documents.ts';

const LOCK = 'templates/flux/flux.lock.yaml';

/** Parses the lock file of `templates/flux/`. The manifests stay text: what is in them is Flux's. */
export function loadFlux({ flux = [], unread }: InputFiles): Outcome<LoadedFlux> {
  const manifests = new Map<string, SourceFile>();
  for (const file of flux) {
    const [, version] = /^templates\/flux\/([^/]+)\/gotk-components\.yaml$/.exec(file.path) ?? [];
    if (version !== undefined) manifests.set(version, file);
  }
  const file = flux.find(({ path }) => path === LOCK);
  if (!file) return { value: { manifests, isDamaged: unread?.flux === true }, diagnostics: [] };
  const { documents, problems } = readDocuments(file);
  const [lock] = documents;
  return {
    value: { ...(lock && { lock }), manifests, isDamaged: unread?.flux === true || problems.length > 0 },
    diagnostics: problems.map((problem) => problem(RUN)),
  };
}
