import { diagnose } from '../diagnostics/diagnose.ts';
import { groupBy } from '../lib/group-by.ts';
import { compareText } from '../lib/order.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { RepoPath } from '../model/source.ts';
import { startOf } from './read-text.ts';

/** Paths that are one where case (or Unicode's composed forms) does not count: one finding for each thing that such a pair reaches. */
export function findCollisions(paths: readonly RepoPath[], reachOf: (path: string) => Reach): readonly Diagnostic[] {
  const groups = groupBy(paths, (path) => path.normalize('NFC').toLowerCase());
  const collided = [...groups].filter(([, group]) => group.length > 1);
  const folded = new Set(collided.map(([path]) => path));
  // Where folders collide, what lies in them is no news.
  return collided.filter(([path]) => !isBelow(path, folded)).flatMap(([, group]) => report([...group].sort(compareText), reachOf));
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) if (folders.has(path.slice(0, cut))) return true;
  return false;
}

function report([first, ...others]: readonly RepoPath[], reachOf: (path: string) => Reach): readonly Diagnostic[] {
  if (first === undefined) return [];
  const found = others.map((path) => diagnose('path-collision', { path, other: first }, { source: startOf(path), reach: reachOf(path) }));
  const reached = new Set(found.map(({ reach }) => JSON.stringify(reach)));
  const [other = first] = others;
  if (reached.has(JSON.stringify(reachOf(first)))) return found;
  return [diagnose('path-collision', { path: first, other }, { source: startOf(first), reach: reachOf(first) }), ...found];
}
