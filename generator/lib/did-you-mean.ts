import { distance } from 'fastest-levenshtein';
import { compareText } from './order.ts';

/** The candidate that a mistyped name most likely meant: about a third of its characters may differ. `undefined` if none comes near. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  // Two: letters that changed places count as two differences.
  const limit = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    // The lengths alone may rule a candidate out; only near ones cost a comparison.
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) continue;
    const apart = candidate.toLowerCase() === name.toLowerCase() ? 0 : distance(name, candidate);
    if (apart > limit) continue;
    if (!best || apart < best.distance || (apart === best.distance && compareText(candidate, best.candidate) < 0))
      best = { candidate, distance: apart };
  }
  return best?.candidate;
}
