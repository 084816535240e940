import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import type { Rule } from '../draft.ts';
import { scopesOf } from '../names.ts';

const FIELDS = ['gitOpsReferenceObject', 'gitOpsResourceObject'] as const;

/** A cluster's sync objects must be of its own provider. */
export const unknownSyncObjects: Rule = ({ clusters, names }) => {
  if (names.mayBeUnread('SyncObject')) return [];
  const known = names.of('SyncObject');
  return clusters.flatMap(({ value: { spec }, at }) => {
    const { gitOps, provider } = spec;
    const own = known.get(provider);
    if (!gitOps) return [];
    return FIELDS.filter((field) => !own?.has(gitOps[field])).map((field) => {
      const name = gitOps[field];
      const args = { name, provider, near: nearestName(name, own ?? []), elsewhere: scopesOf(name, known) };
      return diagnose('unknown-sync-object', args, { source: at(['spec', 'gitOps', field]), reach: RUN });
    });
  });
};
