import { join } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { readBlob } from '../../io/read-blob.ts';
import { explainFailure } from '../../io/read-text.ts';
import { writeTree } from '../../io/write-tree.ts';
import { withVersion } from '../../lib/flux-lock.ts';
import type { FluxComponent } from '../../lib/flux-manifests.ts';
import { blobOid, sha256 } from '../../lib/hash.ts';
import { repoPath } from '../../lib/path.ts';
import type { FluxLock, VendoredVersion } from '../../model/api.generated.ts';
import type { FileChange } from '../../model/change.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { Oid } from '../../model/file.ts';
import type { RepoPath } from '../../model/source.ts';
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
  const changes: FileChange[] = [];
  for (const [path, content] of files) {
    const before = readOid(root, path);
    if (typeof before === 'object') return { value: undefined, diagnostics: [before] };
    const after = new TextEncoder().encode(content);
    if (before !== blobOid(after)) changes.push({ path, after, ...(before !== undefined && { before }) });
  }
  const { value, diagnostics } = await writeTree(root, changes);
  return { value: value === 'written' ? { version, components, from: entry.from, changes } : undefined, diagnostics };
}

function readOid(root: string, path: RepoPath): Oid | undefined | Diagnostic {
  try {
    const blob = readBlob(join(root, path));
    return typeof blob === 'object' ? blob.oid : refusal(path, 'it is not an ordinary file');
  } catch (error) {
    const { isMissing, reason } = explainFailure(error);
    return isMissing ? undefined : refusal(path, reason);
  }
}

function refusal(path: RepoPath, reason: string): Diagnostic {
  return diagnose('cannot-write', { path, reason }, { reach: RUN });
}
