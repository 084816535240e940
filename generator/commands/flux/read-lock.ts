import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadFlux } from '../../01-load/load-flux.ts';
import { checkFlux } from '../../02-validate/check-flux.ts';
import { RUN } from '../../diagnostics/diagnose.ts';
import { readText } from '../../io/read-text.ts';
import { repoPath } from '../../lib/path.ts';
import type { FluxLock } from '../../model/api.generated.ts';
import type { Outcome } from '../../model/diagnostic.ts';

export const LOCK = repoPath('templates/flux/flux.lock.yaml');

/** The lock file as it stands; `undefined`: there is none. What it says of files does not matter here: one of them is about to be written. */
export async function readLock(root: string): Promise<Outcome<FluxLock | undefined>> {
  const isThere = await lstat(join(root, LOCK)).then(
    () => true,
    () => false,
  );
  if (!isThere) return { value: undefined, diagnostics: [] };
  const file = await readText({ root, path: LOCK, reach: RUN });
  if ('code' in file) return { value: undefined, diagnostics: [file] };
  const loaded = loadFlux({ intents: [], templates: new Map(), flux: [file] });
  const found = [...loaded.diagnostics, ...checkFlux(loaded.value).diagnostics];
  const diagnostics = found.filter(({ code }) => code !== 'vendored-flux-missing');
  // The schema's word is what makes the type true.
  return { value: loaded.value.lock?.value as unknown as FluxLock | undefined, diagnostics };
}
