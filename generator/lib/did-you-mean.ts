import { distance } from 'fastest-levenshtein';
import { compareText } from './order.ts';

/**
 * The candidate that a mistyped name most likely meant: about a third of its characters may differ, and one that begins with the name comes first.
 * `undefined` if none comes near.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  // Two: letters that changed places count as two differences.
  const limit = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    // The lengths alone may rule a candidate out; only near ones cost a comparison.
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) continue;
    const apart = distanceTo(candidate, name);
    if (apart > limit) continue;
    if (!best || apart < best.distance || (apart === best.distance && compareText(candidate, best.candidate) < 0))
      best = { candidate, distance: apart };
  }
  return best?.candidate;
}

function distanceTo(candidate: string, name: string): number {
  const [there, typed] = [candidate.toLowerCase(), name.toLowerCase()];
  const isBegun = typed.length >= 3 && there.startsWith(typed);
  return isBegun || there === typed ? 0 : distance(name, candidate);
}
