import type { ClusterId, Context, ContextId } from './context.ts';

/** What `--only` restricts a run to. All else stays as committed. */
export type Scope =
  | {
      readonly kind: 'deployment';
      readonly deployment: Context;
      /** Written with it where a cluster lacks it. */ readonly cloud?: ContextId;
    }
  | { readonly kind: 'cluster'; readonly cluster: ClusterId };
