import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { isInContexts } from '../lib/instance-path.ts';
import { objectKey, referenceObject } from '../lib/reference-object.ts';
import type { Change, ChangeSet } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { RepoPath } from '../model/source.ts';

/** References that a plan rewrites. */
export function rewrittenReferences({ changes }: ChangeSet): readonly RepoPath[] {
  return changes.filter(isRewritten).map(({ path }) => path);
}

function isRewritten({ path, owner, before, after }: Change): boolean {
  return owner.kind === 'instance' && before !== undefined && after !== undefined && path.endsWith('.yaml') && !isInContexts(path);
}

export interface Moving {
  /** What the tree has now. */
  readonly texts: ReadonlyMap<RepoPath, string>;
  readonly leavesObjects: (reference: string) => boolean;
}

/**
 * Refuses to give a reference another name, namespace or kind in one step: its agent would delete the old one, with all that it applied, while
 * the new one applies the same. Told once.
 */
export function movedReferences({ changes }: ChangeSet, { texts, leavesObjects }: Moving): readonly Diagnostic[] {
  const moved = changes.filter((change) => {
    const text = texts.get(change.path);
    if (!isRewritten(change) || text === undefined || !change.after) return false;
    const now = new TextDecoder().decode(change.after);
    return headOf(text) !== headOf(now) && keyOf(text) !== keyOf(now) && !leavesObjects(text);
  });
  const [first] = moved;
  if (!first?.after) return [];
  const names = { was: nameOf(texts.get(first.path) ?? ''), now: nameOf(new TextDecoder().decode(first.after)) };
  const source = { file: first.path, line: 1, column: 1, length: 1 };
  return [diagnose('reference-moved', { ...names, count: moved.length }, { source, reach: RUN })];
}

/** Lines that tell most texts to name one object without reading them whole. */
function headOf(text: string): string {
  return [/^kind: .*$/m, /^ {2}name: .*$/m, /^ {2}namespace: .*$/m].map((line) => line.exec(text)?.[0] ?? '').join('\n');
}

function keyOf(text: string): string | undefined {
  const object = referenceObject(text);
  return object && objectKey(object);
}

function nameOf(text: string): string {
  const [, kind = '', namespace = '', name = ''] = JSON.parse(keyOf(text) ?? '[]') as readonly string[];
  return `${kind} ${namespace}/${name}`;
}
