import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import type { Cluster } from '../../model/api.generated.ts';
import type { JsonPath } from '../../model/json.ts';
import type { Source } from '../../model/source.ts';
import type { Rule } from '../draft.ts';
import { scopesOf } from '../names.ts';

/** The sync objects that a cluster names, each with the place of its name. */
function namedBy({ spec: { gitOps, kubeconfigObject } }: Cluster): readonly { readonly name: string; readonly path: JsonPath }[] {
  const agents = gitOps ? (['gitOpsReferenceObject', 'gitOpsResourceObject'] as const) : [];
  return [
    ...agents.map((field) => ({ name: gitOps?.[field] ?? '', path: ['spec', 'gitOps', field] })),
    ...(kubeconfigObject === undefined ? [] : [{ name: kubeconfigObject, path: ['spec', 'kubeconfigObject'] }]),
  ];
}

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
    const { provider } = value.spec;
    for (const { name, path } of namedBy(value)) {
      if (known.get(provider)?.has(name) === true) continue;
      const key = `${provider}+${name}`;
      const found = missing.get(key) ?? { provider, name, places: [], ids: new Set<string>() };
      missing.set(key, found);
      found.places.push(at(path));
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
