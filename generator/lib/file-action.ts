/** What becomes of a file. */
export type FileAction = 'create' | 'update' | 'delete';

/** A file's two sides, as content or as its name in Git; what is `undefined` is not there. */
interface Sides {
  readonly before?: unknown;
  readonly after?: unknown;
}

export function fileAction({ before, after }: Sides): FileAction {
  if (after === undefined) return 'delete';
  return before === undefined ? 'create' : 'update';
}

/** Changes in figures. */
export function countChanges(changes: readonly Sides[]): { readonly created: number; readonly updated: number; readonly deleted: number } {
  const counted = { create: 0, update: 0, delete: 0 };
  for (const change of changes) counted[fileAction(change)] += 1;
  return { created: counted.create, updated: counted.update, deleted: counted.delete };
}
