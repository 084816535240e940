import { hasNamespace, namespacesOf } from '../lib/cloud-namespaces.ts';
import { listed } from '../lib/words.ts';
import type { Gated } from '../model/change.ts';
import { type ContextId, instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { History } from '../model/history.ts';
import type { Intents } from '../model/intents.ts';
import { isCloud, usedClouds } from './used-clouds.ts';

interface Asked {
  readonly intents: Pick<Intents, 'clouds' | 'deployments'>;
  readonly wanted: readonly InstanceRef[];
  readonly committed: readonly InstanceRef[];
  readonly history?: History;
}

/**
 * A cloud that gives a namespace up waits for its apps that an error holds: what they have there would be in a namespace that no cloud has. Its other apps wait
 * with it where it was to have another namespace, which may be theirs.
 */
export function keepNamespaces(asked: Asked, gates: Map<InstanceKey, Gated>): void {
  const waiting = keepClouds(asked, gates);
  if (waiting.size === 0) return;
  const cloudOf = cloudsByDeployment(asked.intents);
  for (const ref of asked.wanted) {
    if (isCloud(ref) || !isWritten(ref, gates) || !waiting.has(`${ref.cluster}/${cloudOf.get(ref.context) ?? ''}`)) continue;
    hold(ref, { gates, message: 'its logical cloud is held, and may lack its namespace' });
  }
}

/** Gives those whose other apps wait too, as `<cluster>/<cloud>`. */
function keepClouds({ intents, wanted, committed, history }: Asked, gates: Map<InstanceKey, Gated>): ReadonlySet<string> {
  const waiting = new Set<string>();
  const held = committed.filter((ref) => !isCloud(ref) && isHeld(gates.get(instanceKey(ref))));
  if (held.length === 0 || !history) return waiting;
  const isUsed = usedClouds({ intents, committed: held, history });
  const clouds = new Map(intents.clouds.map((cloud) => [cloud.context.id, cloud]));
  for (const ref of wanted) {
    const cloud = isCloud(ref) ? clouds.get(ref.context) : undefined;
    if (!cloud || !isWritten(ref, gates) || !isUsed(ref)) continue;
    const past = history.namespacesOn(ref.cluster, ref.context);
    const dropped = past.filter((name) => !hasNamespace(cloud, name));
    if (dropped.length === 0) continue;
    const what = dropped.length === 1 ? 'namespace' : 'namespaces';
    hold(ref, { gates, message: `apps that are held may be in its ${what} ${listed(dropped)}` });
    if (namespacesOf(cloud).some(({ name }) => !past.includes(name))) waiting.add(`${ref.cluster}/${ref.context}`);
  }
  return waiting;
}

function isHeld(gated: Gated | undefined): boolean {
  return gated?.do === 'keep' && gated.reasons.some(({ code }) => code === 'error');
}

function isWritten(ref: InstanceRef, gates: ReadonlyMap<InstanceKey, Gated>): boolean {
  return gates.get(instanceKey(ref))?.do === 'write';
}

function hold(ref: InstanceRef, { gates, message }: { readonly gates: Map<InstanceKey, Gated>; readonly message: string }): void {
  gates.set(instanceKey(ref), { do: 'keep', reasons: [{ code: 'error', message }] });
}

function cloudsByDeployment({ clouds, deployments }: Asked['intents']): ReadonlyMap<ContextId, ContextId | undefined> {
  const byName = new Map(clouds.map(({ context }) => [`${context.namespace}/${context.name}`, context.id]));
  return new Map(deployments.map(({ context, value }) => [context.id, byName.get(`${context.namespace}/${value.spec.logicalCloud}`)]));
}
