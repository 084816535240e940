import { describeFailure } from '../../apply/describe-failure.ts';
import { apiVersionOf } from '../../apply/refs.ts';
import type { InstanceOutcome, ObjectOutcome } from '../../model/apply.ts';
import type { ClusterId } from '../../model/context.ts';
import { objectJson } from '../preview/diff-json.ts';
import { objectDiff } from './object-diffs.ts';
import type { Names } from './names.ts';
import { statusOf } from './outcome-lines.ts';

export interface AppliedCluster {
  readonly cluster: ClusterId;
  readonly server: string;
  readonly context: string;
  readonly commit: string;
  readonly outcomes: readonly InstanceOutcome[];
}

/** What became of a cluster, for programs. `hasDiff`: with what changed, by field. */
export function appliedJson(
  { cluster, server, context, commit, outcomes }: AppliedCluster,
  { names, hasDiff }: { readonly names: Names; readonly hasDiff: boolean },
): object {
  return {
    cluster,
    server,
    context,
    commit,
    instances: outcomes.map((outcome) => ({
      id: outcome.id,
      title: names.titleOf(outcome),
      app: outcome.app,
      kind: outcome.kind,
      state: outcome.state,
      ...(outcome.blockedBy !== undefined && { blockedBy: outcome.blockedBy }),
      objects: outcome.objects.map((object) => toJson(cluster, object, hasDiff)),
    })),
  };
}

function toJson(cluster: ClusterId, outcome: ObjectOutcome, hasDiff: boolean): object {
  const { ref, path, action, note, failure } = outcome;
  const diff = hasDiff ? objectDiff(cluster, outcome) : undefined;
  return {
    action,
    status: statusOf(outcome),
    apiVersion: apiVersionOf(ref),
    kind: ref.kind,
    ...(ref.namespace !== undefined && { namespace: ref.namespace }),
    name: ref.name,
    ...(path !== undefined && { path }),
    ...(note !== undefined && { note }),
    ...(failure && { reason: describeFailure(failure) }),
    ...(diff && { diff: objectJson(diff) }),
  };
}
