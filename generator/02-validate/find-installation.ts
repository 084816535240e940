import { compileSelector } from '../lib/selector.ts';
import type { Intents, KnownCluster } from '../model/intents.ts';

/** The first AgentInstallation that selects the cluster; others may select it too as long as they say the same. */
export function findInstallation(cluster: KnownCluster, installations: Intents['installations']): KnownCluster['installation'] {
  return installations.find(({ value }) => compileSelector(value.spec.clusters).matches(cluster));
}
