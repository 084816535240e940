import { diagnose } from '../diagnostics/diagnose.ts';
import { isAdmins, namespacesOf } from '../lib/cloud-namespaces.ts';
import { headsOf } from '../lib/printed-heads.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { StampedInstance } from '../model/render.ts';
import { type Directory, reachOf, sourceOf } from './directory.ts';

export interface AdminsRequest {
  readonly instances: readonly StampedInstance[];
  readonly directory: Directory;
  /** Whether a namespace is the cluster's own, or an agent's. */
  readonly isReserved: (namespace: string) => boolean;
}

/**
 * What the administrators' apps must leave alone: tenants' namespaces, whose bounds are the tenants', and the namespaces themselves that hold the agent
 * or the cluster up, because an app that goes takes them along. Told once for each app and namespace.
 */
export function checkAdmins({ instances, directory, isReserved }: AdminsRequest): readonly Diagnostic[] {
  const admins = instances.filter(({ owner, instance }) => owner.kind === 'DeploymentIntent' && isAdmins(directory(instance).cloud));
  if (admins.length === 0) return [];
  const tenants = tenantsOf(instances, directory);
  const found = new Map<string, Diagnostic>();
  for (const stamped of admins) {
    const { instance } = stamped;
    for (const { identity } of headsOf(stamped)) {
      const [group = '', kind = '', namespace = '', name = ''] = identity.split('/');
      const owner = tenants.get(`${instance.cluster}/${namespace}`);
      const isHolding = group === '' && kind === 'Namespace' && isReserved(name);
      if (owner === undefined && !isHolding) continue;
      const key = `${instance.context}/${instance.app} ${isHolding ? name : namespace}`;
      if (found.has(key)) continue;
      const args = { app: instance.app, kind, name, cluster: instance.cluster, ...(owner !== undefined && { namespace, owner }) };
      found.set(key, diagnose('not-the-admins', args, { source: sourceOf(directory(instance)), reach: reachOf(stamped) }));
    }
  }
  return [...found.values()];
}

/** Tenants' namespaces by `<cluster>/<namespace>`, with whose they are. */
function tenantsOf(instances: readonly StampedInstance[], directory: Directory): ReadonlyMap<`${ClusterId}/${string}`, string> {
  const tenants = new Map<`${ClusterId}/${string}`, string>();
  for (const { owner, instance } of instances) {
    if (owner.kind !== 'LogicalCloud') continue;
    for (const { name } of namespacesOf(directory(instance).cloud))
      tenants.set(`${instance.cluster}/${name}`, `${owner.namespace}/${owner.name}`);
  }
  return tenants;
}
