import { diagnose } from '../diagnostics/diagnose.ts';
import { objectOwners, type ObjectOwner } from '../lib/object-owners.ts';
import { objectTitle } from '../lib/object-title.ts';
import { objectKey } from '../lib/reference-object.ts';
import type { ClusterId } from '../model/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Providers } from '../model/provider.ts';
import type { StampedInstance } from '../model/render.ts';
import type { Seen, SeenCluster } from '../model/seen.ts';
import { type Directory, reachOf, sourceOf } from './directory.ts';

export interface TakingRequest {
  /** What is about to be written where nothing of it stands yet. */
  readonly newcomers: readonly StampedInstance[];
  readonly directory: Directory;
  readonly providers: Providers;
  readonly seen: Seen | undefined;
}

/** Objects that an instance would take from one owner. */
interface Taking {
  readonly stamped: StampedInstance;
  readonly owner: ObjectOwner;
  readonly objects: KubeObject[];
  readonly clusters: Set<ClusterId>;
}

/**
 * Finds objects that somebody else was seen to look after and would go on doing so: two owners set each other's values back, and the old one
 * deletes what the new one has when it goes. Told once for each app and owner.
 */
export function takenObjects({ newcomers, directory, providers, seen }: TakingRequest): readonly Diagnostic[] {
  const takings = new Map<string, Taking>();
  for (const stamped of newcomers) {
    const { cluster, context, app } = stamped.instance;
    const here = seen?.get(cluster);
    if (!here?.objects) continue;
    for (const object of stamped.objects) {
      const there = here.objects.get(objectKey(object) ?? '');
      for (const owner of there ? objectOwners(there) : []) {
        // Our own reference, before its files were lost.
        if (owner.name === `${context}-${app}` || !isLive(owner, { here, providers })) continue;
        const key = `${context}/${app} ${owner.title}`;
        const taking = takings.get(key) ?? { stamped, owner, objects: [], clusters: new Set<ClusterId>() };
        takings.set(key, taking);
        taking.objects.push(object);
        taking.clusters.add(cluster);
      }
    }
  }
  return [...takings.values()].map((taking) => report(taking, directory));
}

/** Whether an owner may still act: it is there in a form that deletes, or nobody looked whether it is there. */
function isLive(
  { key, agents: needed }: ObjectOwner,
  { here, providers }: { readonly here: SeenCluster; readonly providers: Providers },
): boolean {
  const { agents, references } = here;
  if (needed.length === 0) return true;
  if (agents && !needed.some((agent) => agents.has(agent))) return false;
  const reference = references?.get(key);
  if (reference) return !Object.values(providers).some((provider) => provider.release(reference) === reference);
  return ![...(references?.keys() ?? [])].some((other) => kindOf(other) === kindOf(key));
}

/** Group and kind of what `objectKey()` made. */
function kindOf(key: string): string {
  return (JSON.parse(key) as readonly string[]).slice(0, 2).join('/');
}

function report({ stamped, owner, objects, clusters }: Taking, directory: Directory): Diagnostic {
  const [object] = objects;
  const args = {
    app: stamped.instance.app,
    object: object ? objectTitle(object) : '',
    more: objects.length - 1,
    clusters: [...clusters].sort(),
    owner: owner.title,
    kind: owner.kind,
  };
  return diagnose('object-of-another', args, { source: sourceOf(directory(stamped.instance)), reach: reachOf(stamped) });
}
