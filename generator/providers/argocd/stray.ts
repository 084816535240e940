import type { Stray } from '../../model/provider.ts';

/** The root applies whatever lies in these two folders. */
const LISTED = /^argocd\/(?:applications|projects)\/.*\.ya?ml$/;

export function stray(path: string): Stray | undefined {
  return LISTED.test(path) ? { is: 'applied' } : undefined;
}
