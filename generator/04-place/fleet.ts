import { canonicalJson } from '../lib/canonical-json.ts';
import { sortBy } from '../lib/order.ts';
import { compileSelector } from '../lib/selector.ts';
import type { ClusterSelector } from '../model/api.generated.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { Json } from '../model/json.ts';

/** The clusters in placement's order, by id and code unit: EMCO's order of keys. Selectors of one meaning are asked once. */
export interface Fleet {
  readonly clusters: readonly KnownCluster[];
  /** False if clusters are missing whose documents have mistakes, so that nothing follows from what does not match. */
  readonly isWhole: boolean;
  /** In the fleet's order. */
  readonly matching: (selector: ClusterSelector) => readonly KnownCluster[];
}

export function createFleet(clusters: readonly KnownCluster[], { isWhole = true }: { readonly isWhole?: boolean } = {}): Fleet {
  const sorted = sortBy(clusters, (cluster) => cluster.id);
  const answers = new Map<string, readonly KnownCluster[]>();
  const matching = (selector: ClusterSelector): readonly KnownCluster[] => {
    const text = canonicalJson(selector as Json);
    const known = answers.get(text);
    if (known) return known;
    const { matches } = compileSelector(selector);
    const answer = sorted.filter((cluster) => matches(cluster));
    answers.set(text, answer);
    return answer;
  };
  return { clusters: sorted, isWhole, matching };
}
