import type { Gated } from '../model/change.ts';
import type { ClusterId, Context, ContextId, InstanceKey } from '../model/context.ts';
import type { Committed, GeneratedFile, Owner, Target } from '../model/file.ts';
import type { Handovers } from '../model/handover.ts';
import type { Provider } from '../model/provider.ts';
import type { Scope } from '../model/scope.ts';
import type { RepoPath } from '../model/source.ts';

export interface PlanRequest {
  /** Every file that is wanted. Those of kept owners are passed over. */
  readonly desired: readonly GeneratedFile[];
  readonly committed: Committed;
  /** A verdict for each wanted or committed instance. */
  readonly gates: ReadonlyMap<InstanceKey, Gated>;
  readonly ownerOf: (path: RepoPath) => Owner | undefined;
  /** The clusters that are described, and by what they are served; the trees of all others are left as they are. */
  readonly clusters: ReadonlyMap<ClusterId, Provider>;
  /** The contexts that are known: whom a mistake reaches. */
  readonly contexts: ReadonlyMap<ContextId, Context>;
  /** Where a cluster's tree is written. Default: here. */
  readonly targetOf?: ((cluster: string) => Target) | undefined;
  /** Whether an app's decision stays as committed. Default: none does. */
  readonly keepsDecision?: ((decision: Extract<Owner, { kind: 'decision' }>) => boolean) | undefined;
  readonly scope?: Scope | undefined;
  /** References that are written though their instances stay as committed, by cluster. */
  readonly released?: Handovers['files'] | undefined;
  /** What stays of clusters whose agent changes, by cluster. */
  readonly left?: Handovers['kept'] | undefined;
}
