import { ownerOf } from '../08-layout/owner-of.ts';
import type { Context, ContextId } from '../model/context.ts';
import type { Owner } from '../model/file.ts';
import type { Intents } from '../model/intents.ts';
import type { RepoPath } from '../model/source.ts';
import { providers } from '../providers/registry.ts';

/** The contexts that documents speak of. */
export function contextsOf({ deployments, clouds }: Pick<Intents, 'deployments' | 'clouds'>): ReadonlyMap<ContextId, Context> {
  return new Map([...deployments, ...clouds].map(({ context }) => [context.id, context]));
}

/** Who a path of the tree belongs to, whatever agent its cluster has. */
export function owner(path: RepoPath): Owner | undefined {
  return ownerOf(path, providers);
}
