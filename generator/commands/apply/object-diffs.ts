import { compareValues } from '../../09-plan/compare-values.ts';
import { titleOf } from '../../apply/refs.ts';
import type { InstanceOutcome, ObjectOutcome } from '../../model/apply.ts';
import type { ClusterId } from '../../model/context.ts';
import { describeObject, EACH_CLUSTER, type FileDiff, type ObjectDiff } from '../preview/describe-change.ts';

/** What changed, or would change, in the cluster, as the preview of files shows it. Credentials are veiled. */
export function objectDiffs(cluster: ClusterId, outcomes: readonly InstanceOutcome[]): readonly FileDiff[] {
  return outcomes.flatMap(({ objects }) =>
    objects.flatMap((outcome) => {
      const diff = objectDiff(cluster, outcome);
      const path = outcome.path ?? `clusters/${cluster}/ (${titleOf(outcome.ref)} is not in the tree)`;
      return diff ? [{ action: diff.action, path, cluster, objects: [diff] }] : [];
    }),
  );
}

/** Of one object; `undefined`: nothing changes. */
export function objectDiff(cluster: ClusterId, { action, before, after, note }: ObjectOutcome): ObjectDiff | undefined {
  const liken = { liken: (text: string) => text.replaceAll(cluster, EACH_CLUSTER), isLeft: false };
  if (action === 'update' && before && after) return describeObject({ action, object: after, fields: compareValues(before, after) }, liken);
  if (action === 'delete' && before) return describeObject({ action, object: before }, liken);
  if (action !== 'create' || !after) return undefined;
  const diff = describeObject({ action, object: after }, liken);
  return note === undefined ? diff : { ...diff, stays: note };
}
