import { compareText } from '../lib/order.ts';
import { describeSelector } from '../lib/selector.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { Ruling } from './filter.ts';
import type { Fleet } from './fleet.ts';
import type { Requirement } from './requirements.ts';

/** A cluster that a requirement's selectors matched. */
export interface Candidate {
  readonly cluster: KnownCluster;
  /** The selectors that matched it, in words. */
  readonly matched: readonly string[];
  /** Why filters ruled it out; empty: they did not. */
  readonly ruledOut: readonly string[];
  readonly isChosen: boolean;
  /** Why it was taken or left, where only some of the list are taken. */
  readonly note?: string;
}

/** Filters what the selectors match, then chooses: all, or the first so many in the fleet's order. */
export function choose(
  requirement: Requirement,
  { fleet, rulings }: { readonly fleet: Fleet; readonly rulings: readonly Ruling[] },
): readonly Candidate[] {
  const matches = matchedBy(requirement, fleet);
  let room = requirement.take === 'all' ? Number.POSITIVE_INFINITY : requirement.take;
  return matches.map(([cluster, matched]) => {
    const ruledOut = rulings.flatMap((ruling) => ruling(cluster) ?? []);
    if (ruledOut.length > 0) return { cluster, matched, ruledOut, isChosen: false };
    const isChosen = room > 0;
    if (isChosen) room -= 1;
    if (requirement.take === 'all') return { cluster, matched, ruledOut, isChosen };
    return { cluster, matched, ruledOut, isChosen, note: noteOn(requirement, isChosen) };
  });
}

function noteOn({ name, take }: Requirement, isChosen: boolean): string {
  const first = take === 1 ? 'the first' : `one of the first ${take}`;
  return isChosen ? `${name}: ${first} by cluster id` : `${name}: not ${first} by cluster id`;
}

/** Every matched cluster once, in the fleet's order, with the selectors that matched it. */
function matchedBy({ selectors }: Requirement, fleet: Fleet): readonly (readonly [KnownCluster, readonly string[]])[] {
  const matched = new Map<KnownCluster, string[]>();
  for (const { name, selector } of selectors) {
    const words = `${name}: ${describeSelector(selector)}`;
    for (const cluster of fleet.matching(selector)) {
      const reasons = matched.get(cluster);
      if (reasons) reasons.push(words);
      else matched.set(cluster, [words]);
    }
  }
  const entries = [...matched];
  return selectors.length === 1 ? entries : entries.sort(([a], [b]) => compareText(a.id, b.id));
}
