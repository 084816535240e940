import type { TreeChanges } from '../io/write-tree.ts';
import type { Change } from '../model/change.ts';
import { HERE, type Target, targetKey } from '../model/file.ts';
import type { RunResult } from '../model/run.ts';

export interface Places {
  /** The repository with the intents. */
  readonly root: string;
  /** The checkouts of other targets. */
  readonly roots: RunResult['roots'];
}

/** The folder that a target's tree is in. Throws, because it is our bug, where it is not at hand. */
export function rootOf(target: Target, { root, roots }: Places): string {
  if (target.name === HERE.name) return root;
  const found = roots.get(targetKey(target));
  if (found === undefined) throw new Error(`A change of a target that is not at hand: ${target.name}`);
  return found;
}

/** Changes by the folder that they are written to, in order of their first ones. */
export function changesByRoot(changes: readonly Change[], places: Places): readonly TreeChanges[] {
  const trees = new Map<string, TreeChanges & { readonly changes: Change[] }>();
  for (const change of changes) {
    const { target } = change;
    const root = rootOf(target, places);
    const tree = trees.get(root);
    if (tree) tree.changes.push(change);
    else trees.set(root, { root, changes: [change], ...(target.name !== HERE.name && { target: target.name }) });
  }
  return [...trees.values()];
}
