import type { ClusterId, Context, ContextId } from './context.ts';

/** What one `--only` names. */
export type ScopePart =
  | {
      readonly kind: 'deployment';
      readonly deployment: Context;
      /** Written with it where a cluster lacks it. */
      readonly cloud?: ContextId;
    }
  | { readonly kind: 'cluster'; readonly cluster: ClusterId };

/** What a run is restricted to: whatever any part names. All else stays as committed. */
export type Scope = readonly ScopePart[];
