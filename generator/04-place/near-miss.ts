import { nearestName } from '../lib/did-you-mean.ts';
import { labelOf, splitClusterLabel } from '../lib/selector.ts';
import type { ClusterSelector } from '../model/api.generated.ts';
import type { KnownCluster } from '../model/intents.ts';

/** What a selector that matches nothing probably meant: a label's key or value that the fleet has and that is spelt almost the same. */
export function nearMiss(selector: ClusterSelector, clusters: readonly KnownCluster[]): string | undefined {
  const { clusterLabel, matchLabels = {}, matchExpressions = [] } = selector;
  const label = clusterLabel === undefined ? [] : [splitClusterLabel(clusterLabel)];
  const labels = [
    ...label,
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, value })),
    ...matchExpressions.flatMap(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return [{ key }];
      return operator === 'In' ? values.map((value) => ({ key, value })) : [];
    }),
  ];
  return labels.map((wanted) => nearLabel(wanted, clusters)).find((hint) => hint !== undefined);
}

function nearLabel(
  { key, value }: { readonly key: string; readonly value?: string },
  clusters: readonly KnownCluster[],
): string | undefined {
  const values = clusters.flatMap((cluster) => labelOf(cluster, key) ?? []);
  if (values.length > 0) return nearName(value, { candidates: values, what: `label ${key}` });
  return nearName(key, { candidates: clusters.flatMap(({ value: { metadata } }) => Object.keys(metadata.labels ?? {})), what: 'label' });
}

function nearName(
  name: string | undefined,
  { candidates, what }: { readonly candidates: readonly string[]; readonly what: string },
): string | undefined {
  const known = new Set(candidates);
  if (name === undefined || known.has(name)) return undefined;
  const near = nearestName(name, known);
  return near === undefined ? undefined : `Did you mean ${what} "${near}" instead of "${name}"?`;
}
