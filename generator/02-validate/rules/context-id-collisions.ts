import { diagnose } from '../../diagnostics/diagnose.ts';
import { sortBy } from '../../lib/order.ts';
import type { Context } from '../../model/context.ts';
import type { KnownCloud, KnownDeployment } from '../../model/intents.ts';
import type { Source } from '../../model/source.ts';
import type { Drafted, Rule } from '../draft.ts';
import { identityKey } from '../identity.ts';

type Owner = Drafted<KnownCloud> | Drafted<KnownDeployment>;

/** No two contexts may be written under one id. Each pair is told once, for the reach of both, because each must be held. */
export const contextIdCollisions: Rule = ({ clouds, deployments }) => {
  const owners = new Map<string, Map<string, Owner>>();
  for (const owner of sortBy<Owner>([...clouds, ...deployments], ({ identity }) => identityKey(identity))) {
    const { id } = owner.context;
    const group = owners.get(id) ?? new Map<string, Owner>();
    const key = identityKey(owner.identity);
    if (!group.has(key)) owners.set(id, group.set(key, owner));
  }
  return [...owners].flatMap(([id, group]) => {
    const [first, ...others] = group.values();
    return others.flatMap((other) => {
      if (!first) return [];
      const args = { id, contexts: [show(first.context), show(other.context)] as const };
      const related = [{ message: 'The other one', source: idOf(first) }];
      return [first, other].map(({ context }) =>
        diagnose('context-id-collision', args, { source: idOf(other), related, reach: { kind: 'context', context } }),
      );
    });
  });
};

function show({ kind, namespace, name }: Context): string {
  return `${kind} "${namespace}/${name}"`;
}

function idOf({ value, at }: Owner): Source {
  return at(value.spec.contextId === undefined ? ['metadata', 'name'] : ['spec', 'contextId']);
}
