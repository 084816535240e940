import { diagnose } from '../diagnostics/diagnose.ts';
import { partsOf } from '../lib/parts.ts';
import { compareText } from '../lib/order.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Committed } from '../model/file.ts';
import type { KnownCluster } from '../model/intents.ts';

/** Warns of clusters that have a tree of ours but no Cluster document. To be asked only when all intents could be read. */
export function goneClusters(clusters: readonly KnownCluster[], committed: Committed): readonly Diagnostic[] {
  const known = new Set<string>(clusters.map(({ id }) => id));
  const gone = new Set<string>();
  for (const [cluster, part] of partsOf(committed)) {
    if (!cluster.includes('+') || known.has(cluster)) continue;
    if ([...part.values()].some(({ isMarked }) => isMarked)) gone.add(cluster);
  }
  return [...gone].sort(compareText).map((cluster) => diagnose('cluster-gone', { cluster }, { reach: { kind: 'run' } }));
}
