import { diagnose } from '../diagnostics/diagnose.ts';
import { isAdmins } from '../lib/cloud-namespaces.ts';
import { groupBy } from '../lib/group-by.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { History } from '../model/history.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Directory } from './directory.ts';
import type { Standing } from './standing.ts';

export interface LevelRequest {
  /** What is about to be written. */
  readonly instances: readonly StampedInstance[];
  readonly directory: Directory;
  readonly isStanding: Standing;
  readonly history: History;
}

/**
 * Finds logical clouds that have apps on a cluster and would change their level there: another account, on Config Sync another object that applies,
 * would have the apps in one step, and a tenant's rights would stay behind. Told once for each cloud.
 */
export function levelChanges({ instances, directory, isStanding, history }: LevelRequest): readonly Diagnostic[] {
  const changed = instances.flatMap(({ instance }) => {
    const origin = directory(instance);
    if (origin.kind !== 'app' || !isStanding(instance)) return [];
    const { cloud } = origin;
    const was = history.levelOn(instance.cluster, cloud.context.id) ?? history.levelOn(instance.cluster, instance.context);
    return was === undefined || was === levelOf(cloud) ? [] : [{ cloud, was, cluster: instance.cluster }];
  });
  return [...groupBy(changed, ({ cloud }) => cloud.context.id).values()].map((all) => {
    const [{ cloud, was }] = all;
    const clusters = [...new Set(all.map(({ cluster }) => cluster))].sort();
    const source = cloud.value.spec.level === undefined ? cloud.at(['metadata', 'name']) : cloud.at(['spec', 'level']);
    const args = { cloud: cloud.context.name, was, now: levelOf(cloud), clusters };
    return diagnose('changed-level', args, { source, reach: { kind: 'context', context: cloud.context } });
  });
}

function levelOf(cloud: KnownCloud): 0 | 1 {
  return isAdmins(cloud) ? 0 : 1;
}
