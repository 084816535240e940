import type { Kinds, KnownKind } from '../model/kinds.ts';
import type { KubeObject } from '../model/kube.ts';
import { groupOf, isClusterScoped, isKubernetesGroup } from './kube-names.ts';

/**
 * The resource that permissions call a kind by, such as `ingresses` of `Ingress`. The rule holds for every kind of Kubernetes' own groups, and nearly
 * always for others, whose definitions are mostly made by tools that pluralise as English does. Source: apimachinery, pkg/api/meta, UnsafeGuessKindToResource.
 */
function usualPlural(kind: string): string {
  const name = kind.toLowerCase();
  if (name === 'endpoints') return name;
  if (/(?:s|x|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

export interface KindFacts extends KnownKind {
  readonly group: string;
  /** Whether that is known, and not only what is usual. */
  readonly isCertain: boolean;
}

/** What is known of an object's kind: of Kubernetes' own groups all, of others what definitions at hand tell. */
export function kindFacts({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>, kinds: Kinds = new Map()): KindFacts {
  const group = groupOf(apiVersion);
  const defined = kinds.get(`${group}/${kind}`);
  if (defined) return { ...defined, group, isCertain: true };
  const isOwn = isKubernetesGroup(group);
  return { group, resource: usualPlural(kind), isClusterScoped: isClusterScoped({ apiVersion, kind }), isCertain: isOwn };
}
