import type { Committed } from './file.ts';

/** What one `--checkout` says. */
export interface GivenCheckout {
  /** The sync object, `<provider>/<name>`. */
  readonly name: string;
  /** Relative to the working folder, or absolute. */
  readonly folder: string;
}

/** A folder in which a branch of a repository is checked out. */
export interface CheckedOut {
  /** Its real, absolute path. */
  readonly root: string;
  /** `undefined`: no branch, but a commit. */
  readonly branch: string | undefined;
  /** Addresses of its remotes, as its configuration has them. */
  readonly remotes: readonly string[];
  readonly committed: Committed;
}

/** A checkout as it was found: one, or a folder that holds one for each cluster, by the cluster's id; a text says why one of them cannot be used. */
export interface Checkout extends GivenCheckout {
  readonly found:
    | { readonly kind: 'one'; readonly checkedOut: CheckedOut }
    | { readonly kind: 'many'; readonly byCluster: ReadonlyMap<string, CheckedOut | string> }
    /** It cannot be used, for a reason that is no finding yet: whom it reaches is not known before the intents are. */
    | { readonly kind: 'refused'; readonly reason: string };
}
