import { compileSelector } from '../lib/selector.ts';
import type { Intents, KnownCluster } from '../model/intents.ts';

/** Only Flux that the tree brings: what Azure installs is Azure's to upgrade. */
export function takesInstallation({ value }: KnownCluster): boolean {
  return value.spec.gitOps?.gitOpsType === 'fluxv2';
}

/** The first AgentInstallation that selects the cluster; others may select it too as long as they say the same. */
export function findInstallation(cluster: KnownCluster, installations: Intents['installations']): KnownCluster['installation'] {
  if (!takesInstallation(cluster)) return undefined;
  return installations.find(({ value }) => compileSelector(value.spec.clusters).matches(cluster));
}
