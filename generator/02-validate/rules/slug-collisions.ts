import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { sortBy } from '../../lib/order.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { Source } from '../../model/source.ts';
import type { Rule } from '../draft.ts';

/** Two cluster ids may not read the same in object names, where `+` reads `-`. */
export const slugCollisions: Rule = ({ clusters }) => {
  const owners = new Map<string, KnownCluster>();
  return sortBy(clusters, ({ id }) => id).flatMap((cluster) => {
    const owner = owners.get(cluster.slug);
    if (!owner) owners.set(cluster.slug, cluster);
    if (!owner || owner.id === cluster.id) return [];
    const related = [{ message: 'The other one', source: nameOf(owner) }];
    const args = { slug: cluster.slug, clusters: [owner.id, cluster.id] as const };
    return [diagnose('slug-collision', args, { source: nameOf(cluster), related, reach: RUN })];
  });
};

function nameOf({ at }: KnownCluster): Source {
  return at(['metadata', 'name']);
}
