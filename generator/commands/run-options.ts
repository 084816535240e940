import type { GivenCheckout } from '../model/checkout.ts';

/** What the command line asks for. */
export interface RunOptions {
  readonly root: string;
  readonly only: readonly string[] | undefined;
  /** A file that says what was seen on clusters. */
  readonly seen: string | undefined;
  readonly isolate: boolean;
  /** Where the repositories of other targets are checked out. */
  readonly checkouts?: readonly GivenCheckout[];
  /** Sync objects whose checkouts may be missing. */
  readonly withoutCheckouts?: readonly string[];
  readonly binding: 'late' | 'early';
  /** What becomes of the changes: written, shown only, or compared only (then changes are the reason for exit code 3). */
  readonly mode: 'write' | 'preview' | 'compare' | 'check';
  /** Whether the changes are shown by object and field, and how much of them: long ones cut, or everything. */
  readonly diff: 'short' | 'full' | undefined;
  readonly output: 'human' | 'json';
  readonly annotations: boolean;
  readonly color: boolean;
  readonly cache: boolean;
  /** Path of a kustomize program; without it the built-in engine. */
  readonly kustomize: string | undefined;
}
