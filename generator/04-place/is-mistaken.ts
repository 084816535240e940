import { compileSelector } from '../lib/selector.ts';
import type { ClusterSelector } from '../model/api.generated.ts';
import type { KnownCluster } from '../model/intents.ts';

/**
 * Whether a selector has a mistake that is reported on its own: a part that cannot be used, or a provider or cluster that the fleet does not
 * have (validation reports those). What it was meant to match is unknown, so that nothing should be concluded from what it does not match.
 */
export function isMistaken(selector: ClusterSelector, clusters: readonly KnownCluster[]): boolean {
  return compileSelector(selector).problems.length > 0 || namesUnknown(selector, clusters);
}

function namesUnknown({ provider, cluster }: ClusterSelector, clusters: readonly KnownCluster[]): boolean {
  if (provider === undefined && cluster === undefined) return false;
  const isMeant = ({ value: { metadata, spec } }: KnownCluster): boolean =>
    (provider === undefined || spec.provider === provider) && (cluster === undefined || metadata.name === cluster);
  return !clusters.some(isMeant);
}
