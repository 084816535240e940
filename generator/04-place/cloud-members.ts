import type { ClusterId } from '../model/context.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { Fleet } from './fleet.ts';
import { isMistaken } from './is-mistaken.ts';

/**
 * The clusters that a logical cloud spans: any one of its selectors suffices, and without selectors it spans all. While one of the selectors
 * is mistaken it spans all as well, so that one mistake does not read as many.
 */
export function cloudMembers(cloud: KnownCloud, fleet: Fleet): 'all' | ReadonlySet<ClusterId> {
  const selectors = cloud.value.spec.clusters;
  if (!selectors || selectors.some((selector) => isMistaken(selector, fleet.clusters))) return 'all';
  return new Set(selectors.flatMap((selector) => fleet.matching(selector).map((cluster) => cluster.id)));
}
