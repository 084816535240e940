import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Rule } from '../draft.ts';

/** Where each cluster has a branch of its own there is no other, and the trees are not here. */
export const unclearTargets: Rule = ({ syncObjects }) =>
  syncObjects.flatMap(({ value: { metadata, spec }, at }) => {
    if (spec.git?.branchPerCluster !== true) return [];
    const wrong = [
      ...(spec.git.branch === undefined ? [] : (['branch'] as const)),
      ...(spec.git.target === 'here' ? (['target'] as const) : []),
    ];
    return wrong.map((other) =>
      diagnose('unclear-target', { name: metadata.name, other }, { source: at(['spec', 'git', other], 'key'), reach: RUN }),
    );
  });
