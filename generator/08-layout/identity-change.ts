import { diagnose } from '../diagnostics/diagnose.ts';
import { compareText } from '../lib/order.ts';
import type { ClusterId, ContextId } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Committed } from '../model/file.ts';
import type { Intents, KnownCloud, KnownDeployment } from '../model/intents.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Directory } from './directory.ts';

interface Move {
  readonly to: KnownCloud | KnownDeployment;
  readonly from: ContextId;
  readonly cluster: ClusterId;
  readonly files: Set<string>;
}

export interface IdentityRequest {
  readonly intents: Intents;
  /** What is about to be written. */
  readonly instances: readonly StampedInstance[];
  readonly directory: Directory;
  readonly committed: Committed;
}

/**
 * Finds contexts that look renamed: a committed one that no intent accounts for, and a new one that would write files of the same names on the
 * same cluster. Told once for each pair, with the id to keep.
 */
export function identityChanges({ intents, instances, directory, committed }: IdentityRequest): readonly Diagnostic[] {
  const contexts = readContexts(committed);
  const known = new Set<string>([...intents.deployments, ...intents.clouds].map(({ context }) => context.id));
  const moves = new Map<string, Move>();
  for (const { instance, printed } of instances) {
    const onCluster = contexts.get(instance.cluster);
    if (!onCluster || onCluster.has(instance.context)) continue;
    const lost = [...onCluster].filter(([id]) => !known.has(id));
    if (lost.length === 0) continue;
    const origin = directory(instance);
    const to = origin.kind === 'app' ? origin.placement.deployment : origin.cloud;
    for (const { file } of printed) {
      for (const [from, files] of lost) {
        if (!files.has(file)) continue;
        const key = `${from} ${instance.context}`;
        const move = moves.get(key) ?? { to, from, cluster: instance.cluster, files: new Set<string>() };
        move.files.add(`${instance.cluster}/${instance.app}/${file}`);
        moves.set(key, move);
      }
    }
  }
  return [...moves.values()].map(report);
}

function report({ to, from, cluster, files }: Move): Diagnostic {
  const [first = ''] = [...files].sort(compareText);
  const file = first.slice(first.lastIndexOf('/') + 1);
  return diagnose(
    'changed-identity',
    { name: to.context.name, was: from, file, cluster, more: files.size - 1 },
    // The old one is held too: otherwise its removal would do what the error is about.
    { source: to.at(['metadata', 'name']), reach: { kind: 'context', context: to.context, committed: from } },
  );
}

type ContextFiles = ReadonlyMap<ContextId, ReadonlySet<string>>;

/** File names of every committed context, by cluster. */
function readContexts(committed: Committed): ReadonlyMap<string, ContextFiles> {
  const clusters = new Map<string, Map<ContextId, Set<string>>>();
  for (const path of committed.keys()) {
    const [, cluster, id, file] = /^clusters\/([^/]+)\/context\/([0-9]+)\/app\/[^/]+\/([^/]+)$/.exec(path) ?? [];
    if (cluster === undefined || id === undefined || file === undefined) continue;
    const contexts = clusters.get(cluster) ?? new Map<ContextId, Set<string>>();
    clusters.set(cluster, contexts);
    const files = contexts.get(id as ContextId) ?? new Set();
    contexts.set(id as ContextId, files.add(file));
  }
  return clusters;
}
