import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { partsOf } from '../lib/parts.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Committed } from '../model/file.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { RepoPath } from '../model/source.ts';

export interface Beginning {
  readonly tree: Committed;
  readonly read: (paths: readonly RepoPath[]) => Promise<ReadonlyMap<RepoPath, string>>;
}

/**
 * Warns of clusters without a tree that decisions placed apps on before: the tree may stand in another repository or branch, whence an agent that is
 * sent to a new one would delete what that lacks. Told once.
 */
export async function begunAnew(clusters: readonly KnownCluster[], { tree, read }: Beginning): Promise<readonly Diagnostic[]> {
  const parts = partsOf(tree);
  const empty = clusters.filter(({ id }) => ![...(parts.get(id)?.values() ?? [])].some(({ isMarked }) => isMarked));
  if (empty.length === 0) return [];
  const decisions = [...(parts.get('decisions')?.values() ?? [])].filter(({ isMarked }) => isMarked).map(({ path }) => path);
  const texts = await read(decisions);
  const placed = new Set([...texts.values()].flatMap(chosenIn));
  const [first, ...others] = empty.filter(({ id }) => placed.has(id));
  if (!first) return [];
  return [diagnose('tree-begun-anew', { cluster: first.id, more: others.length }, { source: first.at(['metadata', 'name']), reach: RUN })];
}

/** The clusters that a decision of ours chose. */
function chosenIn(text: string): readonly string[] {
  const start = text.search(/^ {2}chosen:/m);
  const end = text.search(/^ {2}rejected:/m);
  const chosen = text.slice(Math.max(start, 0), end < start ? undefined : end);
  return [...chosen.matchAll(/^ {2}- cluster: (\S+)$/gm)].map(([, id = '']) => id);
}
