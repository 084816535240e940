import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { sha256 } from '../lib/hash.ts';
import { repoPath } from '../lib/path.ts';
import { compareVersions } from '../lib/version.ts';
import type { FluxLock, VendoredVersion } from '../model/api.generated.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { IntentDocument, LoadedFlux, VendoredFlux } from '../model/intents.ts';
import { checkVersion, isAboutVersion } from './check-document.ts';
import { SCHEMA_FILES } from './kinds.ts';
import { schemaErrors } from './schema-errors.ts';
import { schemaFindings } from './schema-findings.ts';

/**
 * The vendored manifests, lowest version first. What lies in `templates/flux/` must be what the lock file says, byte for byte: it becomes the
 * agent of whole clusters, so that neither a slip nor an edit may get there unseen.
 */
export function checkFlux({ lock, manifests, isDamaged }: LoadedFlux): Outcome<readonly VendoredFlux[]> {
  const diagnostics: Diagnostic[] = lock ? [...checkLock(lock)] : [];
  // Nothing will be written; what is there keeps later steps from finding that it is missing.
  if (isDamaged || diagnostics.length > 0) return { value: unchecked(manifests), diagnostics };
  // The schema's word is what makes the type true.
  const versions = lock ? (lock.value as unknown as FluxLock).versions : {};
  const found: VendoredFlux[] = [];
  for (const version of Object.keys(versions).sort(compareVersions)) {
    const file = manifests.get(version);
    const { sha256: locked, components } = versions[version] as VendoredVersion;
    if (!file) {
      diagnostics.push(missing(version, lock));
      continue;
    }
    if (sha256(file.text) !== locked) diagnostics.push(diagnose('vendored-flux-changed', { path: file.path, version }, { reach: RUN }));
    found.push({ version, components, file });
  }
  for (const [version, { path }] of manifests)
    if (!Object.hasOwn(versions, version)) diagnostics.push(diagnose('vendored-flux-unlocked', { path, version }, { reach: RUN }));
  return { value: found, diagnostics };
}

function unchecked(manifests: LoadedFlux['manifests']): readonly VendoredFlux[] {
  return [...manifests].map(([version, file]) => ({ version, components: [], file })).sort((a, b) => compareVersions(a.version, b.version));
}

function missing(version: string, lock: IntentDocument | undefined): Diagnostic {
  const path = repoPath(`templates/flux/${version}/gotk-components.yaml`);
  return diagnose('vendored-flux-missing', { path, version }, { source: lock?.at(['versions', version], 'key'), reach: RUN });
}

function checkLock(lock: IntentDocument): readonly Diagnostic[] {
  const version = checkVersion(lock, RUN);
  if (version) return [version];
  const errors = schemaErrors(SCHEMA_FILES.FluxLock, lock.value).filter((error) => !isAboutVersion(error));
  return schemaFindings(errors, { document: lock, reachOf: () => RUN, reach: RUN });
}
