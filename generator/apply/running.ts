import type { DeploymentId, InstanceOutcome, ObjectRef } from '../model/apply.ts';
import type { ClusterId } from '../model/context.ts';
import type { Server } from './server.ts';

export interface Executing {
  readonly server: Server;
  readonly cluster: ClusterId;
  /** Of the tree. */
  readonly commit: string;
  /** Nothing is changed. */
  readonly dryRun: boolean;
  readonly deleteData: boolean;
  /** Instances of the tree, and those that the cluster has inventories of: what carries their labels is ours. */
  readonly ids: ReadonlySet<DeploymentId>;
  /** Whether fields of the object may be taken over from others, and the object itself from whoever made it. */
  readonly mayForce: (ref: ObjectRef) => boolean;
  readonly signal: AbortSignal;
  /** Is told of each instance as soon as it is done. */
  readonly tell: (outcome: InstanceOutcome) => void;
}

/** What a run knows beyond one instance. */
export interface Running extends Executing {
  /** Identities of what was, or would be, deleted. */
  readonly going: Set<string>;
  /** Namespaces and kinds (`<group>/<kind>`) that a dry run would have made: the server cannot check what is in them. */
  readonly promised: { readonly namespaces: Set<string>; readonly kinds: Set<string> };
}
