import type { Stray } from '../../model/provider.ts';

/** Flux lists these two folders itself; everything else it finds by lists of ours. */
const LISTED = /^(?:references|credentials)\/.*\.ya?ml$/;

export function fluxStray(path: string): Stray | undefined {
  return LISTED.test(path) ? { is: 'applied' } : undefined;
}
