import { visible } from '../../diagnostics/report/visible.ts';
import type { ClusterAccess } from '../../io/kubectl.ts';
import { counted } from '../../lib/words.ts';
import type { BootstrapStep } from '../../model/bootstrap.ts';
import { shellText } from '../../providers/shared/shell-text.ts';
import { commandOn } from './command-on.ts';
import type { Found } from './find-steps.ts';
import type { StepState } from './judge-step.ts';

export interface JudgedStep {
  readonly step: BootstrapStep;
  readonly state: StepState;
}

/** Whether the cluster was looked at: nobody asked, no step leaves anything to look for, or it cannot be reached. */
export type Look = 'looked' | 'not-asked' | 'nothing-to-see' | 'failed';

interface Shown {
  readonly access: ClusterAccess | undefined;
  readonly look: Look;
}

/** The steps for people: what is done, what is left, and the commands. */
export function showSteps(found: Found, steps: readonly JudgedStep[], { access, look }: Shown): string {
  const { cluster, agent, leaving } = found;
  const open = steps.filter(({ state }) => state !== 'done');
  const head = `${cluster.id}, ${agent === 'kubernetes' ? 'direct access' : agent} (${lookText(look, access?.context ?? '')})`;
  const beside =
    leaving.length === 0 ? [] : [`The old agent (${leaving.join(', ')}) is still there: after these steps it is stopped, docs/handover.md`];
  const end = open.length === 0 ? 'Nothing is left to do.' : `${counted(open.length, 'step')} left.`;
  return `${[head, ...beside]
    .map(visible)
    .concat(
      steps.map((step, index) => showStep(step, { number: index + 1, found, access })),
      visible(end),
    )
    .join('\n')}\n`;
}

interface Showing {
  readonly number: number;
  readonly found: Found;
  readonly access: ClusterAccess | undefined;
}

function lookText(look: Look, context: string): string {
  switch (look) {
    case 'looked':
      return `looked at in context "${context}"`;
    case 'not-asked':
      return 'not looked at: give --context';
    case 'nothing-to-see':
      return 'not looked at: its steps leave nothing to look for';
    case 'failed':
      return `not looked at: context "${context}" does not answer`;
    default:
      return look satisfies never;
  }
}

function showStep({ step, state }: JudgedStep, { number, found: { target, runsOn }, access }: Showing): string {
  const { title, command, folder, note, isByHand } = step;
  const mark = state === 'done' ? 'done' : typeof state === 'object' ? "somebody else's" : isByHand ? 'by hand' : 'to do';
  const own = target === undefined ? "in the cluster's folder" : `in the cluster's folder in the checkout of ${target}`;
  const lines = [
    `${number}. ${title} (${mark}${typeof state === 'object' ? `: ${state.foreign}` : ''})`,
    ...(state !== 'done' && command
      ? [
          `   ${folder === 'cluster' ? own : "in the fleet's folder"}: ${shellText({ words: commandOn(command, { access, cluster: runsOn }), options: [] })}`,
        ]
      : []),
    ...(state !== 'done' && note !== undefined ? [`   ${note}`] : []),
  ];
  return lines.map(visible).join('\n');
}

/** The same for programs. */
export function toJson(
  { cluster, agent, target, runsOn, leaving }: Found,
  steps: readonly JudgedStep[],
  access: ClusterAccess | undefined,
): object {
  return {
    cluster: cluster.id,
    agent,
    ...(target !== undefined && { target }),
    ...(leaving.length > 0 && { leaving }),
    steps: steps.map(({ step: { title, command, folder, isByHand, note }, state }) => ({
      title,
      state: typeof state === 'object' ? 'foreign' : state,
      byHand: isByHand,
      folder,
      ...(command && { command: commandOn(command, { access, cluster: runsOn }) }),
      ...(note !== undefined && { note }),
    })),
  };
}
