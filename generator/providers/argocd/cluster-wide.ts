import { permissionsOf } from '../../lib/cloud-namespaces.ts';
import { clusterScopedKinds, isKubernetesGroup } from '../../lib/kube-names.ts';
import { kindFacts } from '../../lib/kube-resources.ts';
import { compareText } from '../../lib/order.ts';
import { missingVerbs } from '../../lib/permissions.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { KnownKind } from '../../model/kinds.ts';
import type { JsonObject } from '../../model/json.ts';

interface GroupKind extends JsonObject {
  readonly group: string;
  readonly kind: string;
}

/**
 * The kinds of the whole cluster that a tenant's Applications may hold, from its permissions for the whole cluster. A project names kinds where a
 * permission names resources: of a group whose definitions are not at hand all kinds are let through, for the account's own rights bound it anyhow.
 */
export function clusterWide(cloud: KnownCloud): readonly GroupKind[] {
  const { kinds = new Map<string, KnownKind>() } = cloud;
  const defined = [...kinds].map(([name]) => ({ group: name.slice(0, name.indexOf('/')), kind: name.slice(name.indexOf('/') + 1) }));
  const known = [...clusterScopedKinds(), ...defined].flatMap(({ group, kind }) => {
    const { resource, isClusterScoped } = kindFacts({ apiVersion: `${group}/v1`.replace(/^\//, ''), kind }, kinds);
    return isClusterScoped ? [{ group, kind, resource }] : [];
  });
  const found = new Map<string, GroupKind>();
  const add = (one: GroupKind): void => void found.set(`${one.group}/${one.kind}`, one);
  const own = permissionsOf(cloud).filter(({ scope, account }) => scope === 'Cluster' && account !== false);
  for (const { apiGroups, resources } of own) {
    for (const group of apiGroups) {
      for (const resource of resources) {
        // Argo CD may apply with rights of its own: what the account may only look at is not its to apply.
        if (resource.includes('/') || missingVerbs(own, { group, resource }).length > 0) continue;
        const named = known.filter((one) => (group === '*' || one.group === group) && one.resource === resource);
        if (resource === '*') add({ group, kind: '*' });
        else if (named.length > 0) named.forEach((one) => add({ group: one.group, kind: one.kind }));
        else if (group !== '*' && !isKubernetesGroup(group)) add({ group, kind: '*' });
      }
    }
  }
  return [...found].sort(([one], [other]) => compareText(one, other)).map(([, kind]) => kind);
}
