import { diagnose } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import { namespacesOf } from '../../lib/cloud-namespaces.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { Rule } from '../draft.ts';

/** A cloud says its namespaces once, and its permissions speak of no others. */
export const cloudNamespaces: Rule = ({ clouds }) => clouds.flatMap((cloud) => [...checkList(cloud), ...checkPermissions(cloud)]);

function checkList({ value: { spec }, at, context }: KnownCloud): readonly Diagnostic[] {
  const { namespace, namespaces = [] } = spec;
  const reach = { kind: 'context', context } as const;
  const found: Diagnostic[] = [];
  if (namespace !== undefined && spec.namespaces) {
    const related = [{ message: 'The list', source: at(['spec', 'namespaces'], 'key') }];
    const args = { cloud: context.name, namespace, isInList: namespaces.some(({ name }) => name === namespace) };
    found.push(diagnose('namespace-and-list', args, { source: at(['spec', 'namespace'], 'key'), related, reach }));
  }
  const first = new Map<string, number>();
  for (const [index, { name }] of namespaces.entries()) {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else {
      const related = [{ message: 'The first one', source: at(['spec', 'namespaces', earlier, 'name']) }];
      const source = at(['spec', 'namespaces', index, 'name']);
      found.push(diagnose('namespace-twice', { cloud: context.name, namespace: name }, { source, related, reach }));
    }
  }
  return found;
}

function checkPermissions(cloud: KnownCloud): readonly Diagnostic[] {
  const { value, at, context } = cloud;
  const own = namespacesOf(cloud).map(({ name }) => name);
  return (value.spec.permissions ?? ([] as never)).flatMap(({ namespaces = [] }, index) =>
    namespaces.flatMap((namespace, position) => {
      if (own.includes(namespace)) return [];
      const args = { cloud: context.name, namespace, near: nearestName(namespace, own), own };
      const source = at(['spec', 'permissions', index, 'namespaces', position]);
      return [diagnose('permission-elsewhere', args, { source, reach: { kind: 'context', context } })];
    }),
  );
}
