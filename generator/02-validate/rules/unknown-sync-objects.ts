import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import type { Source } from '../../model/source.ts';
import type { Rule } from '../draft.ts';
import { scopesOf } from '../names.ts';

const FIELDS = ['gitOpsReferenceObject', 'gitOpsResourceObject'] as const;

const MOST_PLACES = 8;

/** A cluster's sync objects must be of its own provider. One that is missing is told once, with all who name it. */
export const unknownSyncObjects: Rule = ({ clusters, names }) => {
  if (names.mayBeUnread('SyncObject')) return [];
  const known = names.of('SyncObject');
  const missing = new Map<
    string,
    { readonly provider: string; readonly name: string; readonly places: Source[]; readonly ids: Set<string> }
  >();
  for (const { id, value, at } of clusters) {
    const { gitOps, provider } = value.spec;
    for (const field of gitOps ? FIELDS : []) {
      const name = gitOps?.[field] ?? '';
      if (known.get(provider)?.has(name) === true) continue;
      const key = `${provider}+${name}`;
      const found = missing.get(key) ?? { provider, name, places: [], ids: new Set<string>() };
      missing.set(key, found);
      found.places.push(at(['spec', 'gitOps', field]));
      found.ids.add(id);
    }
  }
  return [...missing.values()].map(({ provider, name, places: [source, ...others], ids }) => {
    const near = nearestName(name, known.get(provider) ?? []);
    const args = { name, provider, near, elsewhere: scopesOf(name, known), clusters: ids.size };
    const related = others.slice(0, MOST_PLACES).map((place) => ({ message: 'Named here as well', source: place }));
    return diagnose('unknown-sync-object', args, { source, ...(related.length > 0 && { related }), reach: RUN });
  });
};
