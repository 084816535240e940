import type { ApplyFailure, DeploymentId, InstanceOutcome, InstanceStep, ObjectOutcome } from '../model/apply.ts';
import { applyRanks } from './apply-ranks.ts';
import { INVENTORY_LIMIT, inventorySize, unite } from './inventory.ts';
import { pruneAll } from './prune.ts';
import { createRecord, type Recording } from './record.ts';
import { refOf } from './refs.ts';
import type { Executing, Running } from './running.ts';

/** Does the steps one after the other. What fails stops what needs it and nothing else, unless the server is lost: then everything stops. */
export async function execute(steps: readonly InstanceStep[], executing: Executing): Promise<readonly InstanceOutcome[]> {
  const running: Running = { ...executing, going: new Set(), promised: { namespaces: new Set(), kinds: new Set() } };
  const record = createRecord(running);
  const outcomes = new Map<DeploymentId, InstanceOutcome>();
  let isLost = false;
  for (const step of steps) {
    const broken = step.after.find((id) => (outcomes.get(id)?.state ?? 'done') !== 'done');
    const outcome: InstanceOutcome =
      isLost || executing.signal.aborted
        ? { ...headOf(step), state: 'not-reached', objects: [] }
        : broken !== undefined
          ? { ...headOf(step), state: 'blocked', blockedBy: broken, objects: [] }
          : await doStep(step, { running, record });
    isLost ||= [outcome.failure, ...outcome.objects.map(({ failure }) => failure)].some((failure) => failure?.kind === 'lost');
    outcomes.set(step.id, outcome);
    executing.tell(outcome);
  }
  if (!isLost && !executing.signal.aborted && steps.some(({ kind }) => kind === 'remove')) await record.close();
  return [...outcomes.values()];
}

function headOf({ id, context, app, kind }: InstanceStep): Pick<InstanceOutcome, 'id' | 'context' | 'app' | 'kind'> {
  return { id, context, app, kind };
}

interface Doing {
  readonly running: Running;
  readonly record: Recording;
}

async function doStep(step: InstanceStep, { running, record }: Doing): Promise<InstanceOutcome> {
  const wanted = step.ranks.flat().map(({ object }) => refOf(object));
  const failed = (failure: ApplyFailure | undefined, objects: readonly ObjectOutcome[]): InstanceOutcome => ({
    ...headOf(step),
    state: 'failed',
    ...(failure && { failure }),
    objects,
  });
  const union = unite(step.stored?.objects ?? [], wanted);
  if (inventorySize(union) > INVENTORY_LIMIT)
    return failed({ kind: 'refused', reason: `its ${union.length} objects do not fit into one inventory` }, []);
  // Before anything is there, so that whatever ends the run, the next one knows what may be.
  const begun = await record.write(step, { objects: union, isWhole: false });
  if (begun) return failed(begun, []);
  const applied = await applyRanks(step, running);
  if (applied.some(({ action }) => action === 'fail') || running.signal.aborted) return failed(undefined, applied);
  const pruned = await pruneAll(step, running);
  const objects = [...applied, ...pruned.outcomes];
  const isWhole = pruned.isWhole;
  const ended = await record.write(step, { objects: unite(wanted, pruned.ours), isWhole });
  if (ended) return failed(ended, objects);
  return isWhole ? { ...headOf(step), state: 'done', objects } : failed(undefined, objects);
}
