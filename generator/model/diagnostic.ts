import type { ClusterId, ContextId, ContextRef } from './context.ts';
import type { Source } from './source.ts';

export type Severity = 'error' | 'warning';

/**
 * What an error holds back when a run is isolated (`--isolate`):
 * `run`: everything (clusters, sync objects, unreadable input are shared by all);
 * `context`: one deployment or logical cloud, or one app of it; a logical cloud takes its deployments with it;
 * `clusters`: what stands, or shall stand, in the trees of some clusters;
 * `template`: every app that uses the template;
 * `unaccounted`: whatever is committed and no readable intent speaks of (a broken file may have been its source).
 */
export type Reach =
  | { readonly kind: 'run' }
  | {
      readonly kind: 'context';
      readonly context: ContextRef & { readonly id?: ContextId };
      readonly app?: string;
      /** A committed context that no intent accounts for, held as well. */
      readonly committed?: ContextId;
    }
  | { readonly kind: 'clusters'; readonly clusters: readonly ClusterId[] }
  | { readonly kind: 'template'; readonly template: string }
  | { readonly kind: 'unaccounted' };

/** A second place that belongs to a finding, such as the first of two documents with one identity. */
export interface Related {
  readonly message: string;
  readonly source: Source;
}

/** A user's mistake, as a value. `throw` is for our own bugs. */
export interface Diagnostic {
  /** Key of the catalogue: what `espalier explain` takes, and name of the page in docs/diagnostics/. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence, no final period: what is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly source?: Source;
  readonly related?: readonly Related[];
  readonly reach: Reach;
  /** The target (`Target.name`) whose tree its paths below `clusters/` are of; absent: they are of the repository at hand. */
  readonly target?: string;
}

/** A result and everything found on the way. With an error among `diagnostics`, `value` holds what could still be made. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
