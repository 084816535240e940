import { withVersion } from '../../lib/flux-lock.ts';
import type { FluxComponent } from '../../lib/flux-manifests.ts';
import { sha256 } from '../../lib/hash.ts';
import { repoPath } from '../../lib/path.ts';
import type { FluxLock, VendoredVersion } from '../../model/api.generated.ts';
import type { FileChange } from '../../model/change.ts';
import type { Outcome } from '../../model/diagnostic.ts';
import { writeOver } from '../write-over.ts';
import { LOCK } from './read-lock.ts';

/** What was vendored. */
export interface Vendored {
  readonly version: string;
  readonly components: readonly string[];
  readonly from: string;
  readonly changes: readonly FileChange[];
}

export interface ToVendor {
  readonly version: string;
  readonly text: string;
  readonly components: readonly FluxComponent[];
  readonly from: string;
  readonly lock: FluxLock | undefined;
}

/** Writes the manifests and their entry in the lock file, both or none. What is there already, in the same bytes, is left. */
export async function writeVendored(root: string, vendoring: ToVendor): Promise<Outcome<Vendored | undefined>> {
  const { version, text, components, from, lock } = vendoring;
  const known = lock && Object.hasOwn(lock.versions, version) ? lock.versions[version] : undefined;
  const digest = sha256(text);
  // The same bytes from elsewhere are no change.
  const entry = { components: [...components], sha256: digest, from: known?.sha256 === digest ? known.from : from };
  const files = new Map([
    [repoPath(`templates/flux/${version}/gotk-components.yaml`), text],
    // Checked: there are always some.
    [LOCK, withVersion(lock, version, entry as VendoredVersion)],
  ]);
  const { value: changes, diagnostics } = await writeOver(root, files);
  return { value: changes && { version, components, from: entry.from, changes }, diagnostics };
}
