import { diagnose } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Rule } from '../draft.ts';
import { scopesOf } from '../names.ts';
import { type PlacedSelector, selectorsOf } from './selectors-of.ts';

type Known = ReadonlyMap<string, ReadonlySet<string>>;

/** Each suggestion compares a name with those of the whole fleet: a hostile file may ask for thousands. */
const MOST_SUGGESTIONS = 100;

/** A selector's `provider` and `cluster` must exist: a misspelt name would quietly choose nothing. */
export const unknownClusters: Rule = (draft) => {
  if (draft.names.mayBeUnread('Cluster')) return [];
  const known = draft.names.of('Cluster');
  const isUnknown = ({ value: { provider, cluster } }: PlacedSelector): boolean => {
    if (provider !== undefined && !known.has(provider)) return true;
    return cluster !== undefined && !isThere(cluster, { provider, known });
  };
  return selectorsOf(draft)
    .filter(isUnknown)
    .map((selector, index) => report(selector, { known, suggest: index < MOST_SUGGESTIONS ? nearestName : () => undefined }));
};

function isThere(cluster: string, { provider, known }: { readonly provider: string | undefined; readonly known: Known }): boolean {
  if (provider !== undefined) return known.get(provider)?.has(cluster) === true;
  return [...known.values()].some((names) => names.has(cluster));
}

function report(
  { value: { provider, cluster = '' }, at, reach }: PlacedSelector,
  { known, suggest }: { readonly known: Known; readonly suggest: (name: string, candidates: Iterable<string>) => string | undefined },
): Diagnostic {
  const own = provider === undefined ? undefined : known.get(provider);
  if (provider !== undefined && !own) {
    const near = suggest(provider, known.keys());
    return diagnose('unknown-provider', { name: provider, near }, { source: at(['provider']), reach });
  }
  const near = suggest(cluster, own ?? namesIn(known));
  const args = { name: cluster, provider, elsewhere: scopesOf(cluster, known), near };
  return diagnose('unknown-cluster', args, { source: at(['cluster']), reach });
}

function* namesIn(known: Known): Iterable<string> {
  for (const names of known.values()) yield* names;
}
