import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Rule } from '../draft.ts';

const TYPES = ['git', 'azure', 'google', 'argocd', 'kubeconfig'] as const;

/** A sync object has the member that its type names, and no other. */
export const unclearSyncObjects: Rule = ({ syncObjects }) =>
  syncObjects.flatMap(({ value: { metadata, spec }, at }) => {
    const given = TYPES.filter((type) => spec[type] !== undefined);
    if (given.length === 1 && given[0] === spec.type) return [];
    const args = { name: metadata.name, type: spec.type, given };
    return [diagnose('unclear-sync-object', args, { source: at(['spec', 'type']), reach: RUN })];
  });
