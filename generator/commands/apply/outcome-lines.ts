import { titleOf } from '../../apply/refs.ts';
import { visible } from '../../diagnostics/report/visible.ts';
import type { Paint } from '../../diagnostics/report/paint.ts';
import { counted } from '../../lib/words.ts';
import type { InstanceOutcome, ObjectOutcome } from '../../model/apply.ts';
import type { ApplyOptions } from './options.ts';
import type { Names } from './names.ts';

type Mode = Pick<ApplyOptions, 'mode' | 'dryRun'>;

/** A line for each instance, and one for each object that stays or that somebody should know more of. */
export function outcomeLines(
  outcome: InstanceOutcome,
  { mode, names, paint }: { readonly mode: Mode; readonly names: Names; readonly paint: Paint },
): readonly string[] {
  const title = visible(names.titleOf(outcome));
  if (mode.mode === 'get')
    return [
      `${title}:`,
      ...outcome.objects.map((object) => `  ${statusOf(object).padEnd(9)} ${visible(titleOf(object.ref))}${noteOf(object)}`),
    ];
  const stays = outcome.objects.filter(({ action }) => action === 'stay');
  const lines = [headOf(outcome, { mode, names, paint })];
  return [...lines, ...stays.map((object) => `  ${paint.yellow('=')} ${visible(titleOf(object.ref))} stays${noteOf(object)}`)];
}

function headOf(
  outcome: InstanceOutcome,
  { mode, names, paint }: { readonly mode: Mode; readonly names: Names; readonly paint: Paint },
): string {
  const { state, kind, blockedBy, objects } = outcome;
  const title = visible(names.titleOf(outcome));
  const counts = countsOf(objects);
  switch (state) {
    case 'done': {
      const verb = kind === 'apply' ? (mode.dryRun ? 'would apply' : 'applied') : mode.dryRun ? 'would remove' : 'removed';
      return `${kind === 'apply' ? paint.green('+') : paint.red('-')} ${verb} ${title}: ${counts}`;
    }
    case 'failed':
      return `${paint.red('!')} failed ${title}: ${counts}`;
    case 'blocked':
      return `${paint.yellow('=')} left ${title} as it is: it needs ${blockedBy ?? ''}, which failed`;
    case 'not-reached':
      return `${paint.yellow('=')} did not come to ${title}`;
  }
}

const WORDS = [
  ['create', 'created'],
  ['update', 'changed'],
  ['delete', 'deleted'],
  ['unchanged', 'unchanged'],
  ['gone', 'gone already'],
  ['stay', 'left in place'],
  ['fail', 'failed'],
] as const;

/** Such as `2 created, 1 unchanged`. */
export function countsOf(objects: readonly ObjectOutcome[]): string {
  const counts = WORDS.flatMap(([action, word]) => {
    const count = objects.filter((object) => object.action === action).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  return counts.length === 0 ? 'nothing to do' : counts.join(', ');
}

/** What `--get` says of an object. */
export function statusOf({ action, failure }: ObjectOutcome): string {
  switch (action) {
    case 'create':
      return 'missing';
    case 'update':
      return 'changed';
    case 'unchanged':
      return 'present';
    case 'delete':
    case 'stay':
      return 'left over';
    case 'gone':
      return 'gone';
    case 'fail':
      return failure?.kind === 'conflict' ? 'changed' : failure?.kind === 'foreign' ? 'foreign' : 'unclear';
  }
}

function noteOf({ note }: ObjectOutcome): string {
  return note === undefined ? '' : `: ${visible(note)}`;
}

/** The last line of a cluster. */
export function totalLine(outcomes: readonly InstanceOutcome[], { mode, dryRun }: Mode, seconds: number): string {
  const objects = outcomes.flatMap((outcome) => outcome.objects);
  const what = mode === 'get' ? counted(objects.length, 'object') : `${dryRun ? 'would be ' : ''}${countsOf(objects)}`;
  return `${what} in ${seconds.toFixed(1)} s`;
}
