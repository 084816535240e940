import type { ClusterId, ContextId, ContextRef } from './context.ts';

/** An app, or a logical cloud, that stays as committed on some clusters because of an error, or because it goes later. */
export interface HeldApp {
  readonly context: ContextId;
  /** Whose it is, or was; absent where nothing tells. */
  readonly owner?: ContextRef;
  readonly app: string;
  /** Sorted. */
  readonly clusters: readonly ClusterId[];
  /** Why, in a sentence: the first error that holds it. */
  readonly reason: string;
}
