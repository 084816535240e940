import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { Source } from '../../model/source.ts';
import { type FluxVersion, formatVersion, isOlder, NEWEST, OLDEST } from './flux-version.ts';

/** Whether the APIs and fields of a cluster's Flux are known here. `source`: where the version is asked for. */
export function checkFluxVersion(
  cluster: KnownCluster,
  version: FluxVersion,
  { source }: { readonly source: () => Source },
): readonly Diagnostic[] {
  const args = { cluster: cluster.id, version: formatVersion(version), oldest: formatVersion(OLDEST), newest: formatVersion(NEWEST) };
  if (isOlder(version, OLDEST)) return [diagnose('agent-too-old', args, { source: source(), reach: RUN })];
  return isOlder(NEWEST, version) ? [diagnose('agent-newer-than-known', args, { source: source(), reach: RUN })] : [];
}
