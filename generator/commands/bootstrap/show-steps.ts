import { visible } from '../../diagnostics/report/visible.ts';
import { counted } from '../../lib/words.ts';
import type { BootstrapStep } from '../../model/bootstrap.ts';
import { shellText } from '../../providers/shared/shell-text.ts';
import type { Found } from './find-steps.ts';
import type { StepState } from './judge-step.ts';

export interface JudgedStep {
  readonly step: BootstrapStep;
  readonly state: StepState;
}

/** The steps for people: what is done, what is left, and the commands. */
export function showSteps(
  { cluster, agent, target }: Found,
  steps: readonly JudgedStep[],
  { context }: { readonly context: string | undefined },
): string {
  const open = steps.filter(({ state }) => state !== 'done');
  const looked = context === undefined ? 'not looked at: give --context' : `looked at in context "${context}"`;
  const head = `${cluster.id}, ${agent === 'kubernetes' ? 'direct access' : agent} (${looked})`;
  const end = open.length === 0 ? 'Nothing is left to do.' : `${counted(open.length, 'step')} left.`;
  return `${[visible(head), ...steps.map((step, index) => showStep(step, { number: index + 1, target })), visible(end)].join('\n')}\n`;
}

interface Showing {
  readonly number: number;
  readonly target: string | undefined;
}

function showStep({ step, state }: JudgedStep, { number, target }: Showing): string {
  const { title, command, folder, note, isByHand } = step;
  const mark = state === 'done' ? 'done' : typeof state === 'object' ? "somebody else's" : isByHand ? 'by hand' : 'to do';
  const own = target === undefined ? "in the cluster's folder" : `in the cluster's folder in the checkout of ${target}`;
  const lines = [
    `${number}. ${title} (${mark}${typeof state === 'object' ? `: ${state.foreign}` : ''})`,
    ...(state !== 'done' && command
      ? [`   ${folder === 'cluster' ? own : "in the fleet's folder"}: ${shellText({ words: command, options: [] })}`]
      : []),
    ...(state !== 'done' && note !== undefined ? [`   ${note}`] : []),
  ];
  return lines.map(visible).join('\n');
}

/** The same for programs. */
export function toJson({ cluster, agent, target }: Found, steps: readonly JudgedStep[]): object {
  return {
    cluster: cluster.id,
    agent,
    ...(target !== undefined && { target }),
    steps: steps.map(({ step: { title, command, folder, isByHand, note }, state }) => ({
      title,
      state: typeof state === 'object' ? 'foreign' : state,
      byHand: isByHand,
      folder,
      ...(command && { command }),
      ...(note !== undefined && { note }),
    })),
  };
}
