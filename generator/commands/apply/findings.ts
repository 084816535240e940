import { describeFailure } from '../../apply/describe-failure.ts';
import { isAgent } from '../../apply/failures.ts';
import { apiVersionOf, titleOf } from '../../apply/refs.ts';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { InstanceOutcome, ObjectOutcome } from '../../model/apply.ts';
import type { ClusterId } from '../../model/context.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';

/** What failed, as findings. That the server was lost is told once. */
export function findingsOf(
  cluster: ClusterId,
  outcomes: readonly InstanceOutcome[],
  nameOf: (outcome: InstanceOutcome) => string,
): readonly Diagnostic[] {
  const findings = outcomes.flatMap((outcome) => [
    ...outcome.objects.flatMap((object) => findingOf(cluster, object)),
    ...recordFinding(cluster, outcome, nameOf(outcome)),
  ]);
  const lost = outcomes
    .flatMap(({ failure, objects }) => [failure, ...objects.map((object) => object.failure)])
    .find((failure) => failure?.kind === 'lost');
  if (lost?.kind !== 'lost') return findings;
  const done = outcomes.filter(({ state }) => state === 'done').length;
  return [...findings, diagnose('server-lost', { cluster, reason: lost.reason, done, total: outcomes.length }, { reach: RUN })];
}

function findingOf(cluster: ClusterId, { ref, path, failure, source }: ObjectOutcome): readonly Diagnostic[] {
  if (!failure || failure.kind === 'lost') return [];
  const where = { reach: RUN, ...(source && { source }) };
  const args = { cluster, object: titleOf(ref) };
  const reason = describeFailure(failure);
  switch (failure.kind) {
    case 'unknown-kind':
      return [diagnose('kind-not-served', { ...args, apiVersion: apiVersionOf(ref) }, where)];
    case 'conflict':
      return [diagnose('apply-conflict', { ...args, reason, isAgent: failure.conflicts.some(({ manager }) => isAgent(manager)) }, where)];
    case 'foreign':
      return [diagnose('object-not-ours', { ...args, reason }, where)];
    case 'refused':
      return [diagnose('not-applied', { ...args, reason, doing: path === undefined ? 'delete' : 'apply' }, where)];
  }
}

function recordFinding(cluster: ClusterId, { failure }: InstanceOutcome, name: string): readonly Diagnostic[] {
  if (!failure || failure.kind === 'lost') return [];
  return [diagnose('not-applied', { cluster, object: name, reason: describeFailure(failure), doing: 'record' }, { reach: RUN })];
}
