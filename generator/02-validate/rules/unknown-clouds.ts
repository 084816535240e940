import { diagnose } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import type { Rule } from '../draft.ts';
import { scopesOf } from '../names.ts';

/** A deployment's logical cloud must be in its own namespace. */
export const unknownClouds: Rule = ({ deployments, names }) => {
  if (names.mayBeUnread('LogicalCloud')) return [];
  const known = names.of('LogicalCloud');
  return deployments.flatMap(({ value, at, context }) => {
    const name = value.spec.logicalCloud;
    const own = known.get(context.namespace);
    if (own?.has(name)) return [];
    const args = { name, namespace: context.namespace, near: nearestName(name, own ?? []), elsewhere: scopesOf(name, known) };
    return [diagnose('unknown-logical-cloud', args, { source: at(['spec', 'logicalCloud']), reach: { kind: 'context', context } })];
  });
};
