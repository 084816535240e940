import { instanceKey, type InstanceKey, type InstanceRef } from '../model/context.ts';
import type { Scope, ScopePart } from '../model/scope.ts';

export interface Scoped {
  readonly scope?: Scope | undefined;
  readonly wanted: readonly InstanceRef[];
  readonly committed: readonly InstanceRef[];
}

/** Tells of instances whether any part of the scope names them. A deployment brings its cloud along to the clusters that it is wanted on and that lack it. */
export function inScope({ scope, wanted, committed }: Scoped): (ref: InstanceRef) => boolean {
  if (!scope) return () => true;
  const there = new Set(committed.map(instanceKey));
  const parts = scope.map((part) => inPart(part, { wanted, there }));
  return (ref) => parts.some((isIn) => isIn(ref));
}

function inPart(
  part: ScopePart,
  { wanted, there }: { readonly wanted: readonly InstanceRef[]; readonly there: ReadonlySet<InstanceKey> },
): (ref: InstanceRef) => boolean {
  if (part.kind === 'cluster') return ({ cluster }) => cluster === part.cluster;
  const clusters = new Set(wanted.filter(({ context }) => context === part.deployment.id).map(({ cluster }) => cluster));
  return (ref) =>
    ref.context === part.deployment.id || (ref.context === part.cloud && clusters.has(ref.cluster) && !there.has(instanceKey(ref)));
}
