import type { ClusterId, ContextId, ContextRef } from './context.ts';

/** What the committed tree tells of contexts that intents may no longer speak of. */
export interface History {
  /** Whose context it was; `undefined`: nothing tells. */
  readonly nameOf: (context: ContextId) => ContextRef | undefined;
  /** The ids under which a deployment was written: more than one only in a tree that somebody edited. */
  readonly idsOf: (deployment: { readonly namespace: string; readonly name: string }) => readonly ContextId[];
  /** The logical cloud that a deployment was last placed in. */
  readonly cloudOf: (deployment: ContextId) => ContextRef | undefined;
  /** The Kubernetes namespace that a logical cloud has on a cluster; of several, the first. */
  readonly namespaceOn: (cluster: ClusterId, cloud: ContextId) => string | undefined;
  /** Whether a logical cloud, or a deployment, was written on a cluster as the administrators' (0), or as a tenant's (1); `undefined`: nothing tells. */
  readonly levelOn: (cluster: ClusterId, context: ContextId) => 0 | 1 | undefined;
  /** All of them, sorted. */
  readonly namespacesOn: (cluster: ClusterId, cloud: ContextId) => readonly string[];
}
