import type { ClusterSelector, Placement } from '../model/api.generated.ts';
import type { JsonPath } from '../model/json.ts';

/** A selector and where it stands, such as `allOf[1].anyOf[0]`; the path starts at the app. */
export interface NamedSelector {
  readonly name: string;
  readonly path: JsonPath;
  readonly selector: ClusterSelector;
}

/** One thing that a placement asks for: of the clusters that any of the selectors match, all or so many. */
export interface Requirement {
  readonly name: string;
  readonly path: JsonPath;
  readonly selectors: readonly NamedSelector[];
  readonly take: 'all' | number;
}

/**
 * EMCO's groups: each cluster of an `allOf` item is kept; a nested `anyOf` is one group, and so is the whole top-level `anyOf`, of which one
 * is kept, or `count`. Requirements are answered one by one: what answers one may answer another.
 */
export function requirementsOf(placement: Placement): readonly Requirement[] {
  const requirements = (placement.allOf ?? []).map((item, index): Requirement => {
    const at = { name: `allOf[${index}]`, path: ['placement', 'allOf', index] };
    if ('anyOf' in item) return listRequirement(item.anyOf, { name: `${at.name}.anyOf`, path: [...at.path, 'anyOf'], take: 1 });
    return { ...at, selectors: [{ ...at, selector: item }], take: 'all' };
  });
  if (!placement.anyOf) return requirements;
  return [...requirements, listRequirement(placement.anyOf, { name: 'anyOf', path: ['placement', 'anyOf'], take: placement.count ?? 1 })];
}

function listRequirement(selectors: readonly ClusterSelector[], { name, path, take }: Omit<Requirement, 'selectors'>): Requirement {
  const named = selectors.map((selector, index) => ({ name: `${name}[${index}]`, path: [...path, index], selector }));
  return { name, path, selectors: named, take };
}
