import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { objectTitle } from '../lib/object-title.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KubeObject } from '../model/kube.ts';
import type { SeenCluster } from '../model/seen.ts';
import type { Step } from './handover-step.ts';

/** What there is to say of a cluster whose agent changes: where it stands, and what to do next. Nothing once the old agent is gone. */
export function tellSwitch({ one, stage, progress, files, lost }: Step, seen: SeenCluster | undefined): readonly Diagnostic[] {
  const { cluster, from, to, collides } = one;
  const source = cluster.at(cluster.value.spec.gitOps ? ['spec', 'gitOps', 'gitOpsType'] : ['metadata', 'name']);
  const names = { cluster: cluster.id, from, to };
  const [gone] = lost;
  if (gone) return [diagnose('reference-lost', { ...names, ...gone, count: lost.length }, { source, reach: RUN })];
  if (stage === 'swap') return [];
  if (stage === 'beside') return [diagnose('agent-left-behind', names, { source, reach: RUN })];
  const { holding, waiting } = progress;
  const [first] = waiting;
  const args = {
    ...names,
    collides,
    references: holding.length,
    rewritten: files.length,
    waiting: waiting.length,
    first: first?.object && objectTitle(first.object as KubeObject),
    seen: !seen ? ('nothing' as const) : seen.references ? ('references' as const) : ('agents' as const),
  };
  return [diagnose('agent-changed', args, { source, reach: RUN })];
}
