import type { PrintedHead, StampedInstance } from '../model/render.ts';

/** What is known of an instance's objects, at the least cost. */
export function headsOf(stamped: Pick<StampedInstance, 'heads' | 'printed'>): readonly PrintedHead[] {
  return stamped.heads ?? stamped.printed;
}
