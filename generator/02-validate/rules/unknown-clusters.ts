import { diagnose } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Draft, Rule } from '../draft.ts';
import { scopesOf } from '../names.ts';
import { type PlacedSelector, selectorsOf } from './selectors-of.ts';

/** A selector's `provider` and `cluster` must exist: a misspelt name would quietly choose nothing. */
export const unknownClusters: Rule = (draft) => {
  if (draft.names.mayBeUnread('Cluster')) return [];
  return selectorsOf(draft).flatMap((selector) => checkSelector(selector, draft));
};

function checkSelector({ value: { provider, cluster }, at, reach }: PlacedSelector, { names }: Draft): readonly Diagnostic[] {
  const known = names.of('Cluster');
  if (provider !== undefined && !known.has(provider)) {
    const near = nearestName(provider, known.keys());
    return [diagnose('unknown-provider', { name: provider, near }, { source: at(['provider']), reach })];
  }
  if (cluster === undefined) return [];
  const elsewhere = scopesOf(cluster, known);
  const isKnown = provider === undefined ? elsewhere.length > 0 : elsewhere.includes(provider);
  if (isKnown) return [];
  const candidates = [...known].flatMap(([scope, clusters]) => (provider === undefined || scope === provider ? [...clusters] : []));
  const args = { name: cluster, provider, elsewhere, near: nearestName(cluster, candidates) };
  return [diagnose('unknown-cluster', args, { source: at(['cluster']), reach })];
}
