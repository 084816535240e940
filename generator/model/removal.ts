import type { ClusterId, ContextId, ContextRef } from './context.ts';

/** An app, or a logical cloud, that a run takes away from clusters. */
export interface Removal {
  readonly context: ContextId;
  /** Whose it is, or was; absent where nothing tells. */
  readonly owner?: ContextRef;
  /** Whether some document still speaks of the context. */
  readonly hasDocument: boolean;
  readonly app: string;
  /** Sorted. */
  readonly clusters: readonly ClusterId[];
  /** On all of the clusters together. */
  readonly objects: number;
  /** What may hold data, each once, such as `StatefulSet "db"`. Sorted. */
  readonly stateful: readonly string[];
  /** Clusters whose agent was told to leave the objects as they are. */
  readonly leftOn: readonly ClusterId[];
  /** Why it goes from which of the clusters, as far as the documents tell: each reason once. */
  readonly reasons: readonly { readonly clusters: readonly ClusterId[]; readonly reason: string }[];
}
