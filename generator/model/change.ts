import type { InstanceKey } from './context.ts';
import type { Oid, Owner, Target } from './file.ts';
import type { RepoPath } from './source.ts';

/** One file to create (no `before`), update (both) or delete (no `after`). `before` is a precondition: who finds another content must plan again. */
export interface FileChange {
  readonly path: RepoPath;
  readonly before?: Oid;
  readonly after?: Uint8Array;
}

/** A change of the rendered tree, or of a file of the whole fleet beside it. */
export interface Change extends FileChange {
  readonly target: Target;
  readonly owner: Owner | { readonly kind: 'fleet' };
}

export interface ChangeSet {
  /** Sorted by path, by code unit. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** Instances that stay as committed although something else was wanted; not those outside of `--only`. Sorted. */
  readonly held: readonly InstanceKey[];
  /** Why each of them is, in a sentence. */
  readonly reasons: ReadonlyMap<InstanceKey, string>;
  /** Files of ours that stay as they are although they are not wanted like that. */
  readonly kept: {
    /** Because of errors. */
    readonly held: number;
    /** Outside of `--only`, or of clusters that nothing describes any more. */
    readonly outside: number;
  };
}

/** Why an instance is kept or removed. */
export interface Reason {
  readonly code: 'error' | 'out-of-scope' | 'not-at-hand' | 'not-wanted' | 'cluster-gone' | 'handover' | 'still-used';
  readonly message: string;
}

/** The gate's verdict on one instance. Kept means: what is committed stays, references included. */
export type Gated = { readonly do: 'write' } | { readonly do: 'keep' | 'remove'; readonly reasons: readonly Reason[] };
