import { canonicalJson } from '../../lib/canonical-json.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { operationsBetween, patchFor, withoutNamespace } from './changes.ts';
import type { ClusterName } from './model.ts';
import type { Paths, SourceTree } from './source-tree.ts';
import { keptText, type ObjectText, printedText } from './texts.ts';

/** What a package says of an object, and what each cluster changes. */
export interface Variants {
  readonly content: ObjectText;
  readonly patches: ReadonlyMap<ClusterName, JsonObject>;
}

const MOST_TRIED = 8;

/** Chooses the text that takes the fewest changes, the author's own before all. */
export function variantsOf(
  variant: ReadonlyMap<ClusterName, KubeObject>,
  { tree, within, isSubstituted }: { readonly tree: SourceTree; readonly within: Paths; readonly isSubstituted: boolean },
): Variants {
  const [first] = variant.values();
  if (!first) throw new Error('an object of no cluster');
  const kept = keptText(first, { tree, within });
  const isUsable = kept !== undefined && !(isSubstituted && kept.text.includes('${'));
  // What many clusters have makes few patches, and trying each cluster's on all others would take the square of their number.
  const alike = [...groupBy(variant.values(), (object) => canonicalJson(object)).values()].sort((a, b) => b.length - a.length);
  const candidates = [...(isUsable ? [kept] : []), ...alike.slice(0, MOST_TRIED).map(([object]) => printedText(object))];
  let best: { readonly variants: Variants; readonly cost: number } | undefined;
  for (const content of candidates) {
    const patches = patchesFrom(content.object, variant);
    const length = [...patches.values()].reduce((sum, patch) => sum + JSON.stringify(patch, showLarge).length, 0);
    // Comments are worth something.
    const cost = content.isKept ? length / 2 : length;
    if (cost < (best?.cost ?? Infinity)) best = { variants: { content, patches }, cost };
  }
  if (!best) throw new Error('no text for an object');
  return best.variants;
}

/** What makes each cluster's object of the one in the package. */
export function patchesFrom(object: KubeObject, variant: ReadonlyMap<ClusterName, KubeObject>): ReadonlyMap<ClusterName, JsonObject> {
  const patches = new Map<ClusterName, JsonObject>();
  for (const [cluster, wanted] of variant) {
    const operations = operationsBetween(withoutNamespace(object), withoutNamespace(wanted));
    if (operations.length > 0) patches.set(cluster, patchFor(object, operations));
  }
  return patches;
}

function showLarge(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
