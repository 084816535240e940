import type { ClusterId, ContextId } from './context.ts';
import type { KubeObject } from './kube.ts';
import type { Locate, RepoPath, Source } from './source.ts';

/** `<cid>-<app>`: what every object of an instance carries as its label `emco/deployment-id`. */
export type DeploymentId = string & { readonly __brand: 'DeploymentId' };

export function deploymentId(context: ContextId, app: string): DeploymentId {
  return `${context}-${app}` as DeploymentId;
}

export const DEPLOYMENT_LABEL = 'emco/deployment-id';

/** Name under which we apply. */
export const FIELD_MANAGER = 'espalier';

/** The namespace of our inventories. */
export const INVENTORY_NAMESPACE = 'espalier-system';

/** What names one object of a cluster. */
export interface ObjectRef {
  /** Empty for Kubernetes' core. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Absent where it has none. */
  readonly namespace?: string;
  readonly name: string;
}

/** An object of the committed tree. */
export interface TreeObject {
  readonly path: RepoPath;
  readonly object: KubeObject;
  readonly at: Locate;
}

/** An instance as the committed tree has it. */
export interface TreeInstance {
  readonly id: DeploymentId;
  readonly context: ContextId;
  readonly app: string;
  readonly objects: readonly TreeObject[];
  /** Instances of the same cluster that come first. */
  readonly dependsOn: readonly DeploymentId[];
  /** Whether it is of an administrators' logical cloud. */
  readonly isAdmins: boolean;
}

/** What was applied of an instance, as the cluster keeps it. */
export interface Inventory {
  readonly id: DeploymentId;
  readonly cluster: ClusterId;
  readonly context: ContextId;
  readonly app: string;
  /** The commit that was applied whole last; absent before the first. */
  readonly commit?: string;
  readonly dependsOn: readonly DeploymentId[];
  readonly objects: readonly ObjectRef[];
}

/** An inventory with what the server needs to know that nobody else wrote it meanwhile. */
export interface StoredInventory extends Inventory {
  readonly resourceVersion: string;
  readonly uid: string;
}

/** What is to be done for one instance. */
export interface InstanceStep {
  readonly id: DeploymentId;
  readonly context: ContextId;
  readonly app: string;
  readonly kind: 'apply' | 'remove';
  /** Steps before this one without whose success it is not begun. */
  readonly after: readonly DeploymentId[];
  /** In order; the objects of one rank may be applied at the same time. */
  readonly ranks: readonly (readonly TreeObject[])[];
  /** In order. */
  readonly prune: readonly ObjectRef[];
  /** `<group>/<kind>/<name>` of everything that stays in the tree, the instance's or not. */
  readonly wants: ReadonlySet<string>;
  readonly stored: StoredInventory | undefined;
  readonly dependsOn: readonly DeploymentId[];
  /** Whether it is of an administrators' logical cloud. */
  readonly isAdmins: boolean;
}

/** Why an object could not be applied or deleted. */
export type ApplyFailure =
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'unknown-kind' }
  | { readonly kind: 'conflict'; readonly conflicts: readonly FieldConflict[] }
  /** It is there, and neither our label nor our inventory says that it is ours. */
  | { readonly kind: 'foreign'; readonly managers: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Fields that another manager has with other values. */
export interface FieldConflict {
  readonly manager: string;
  readonly fields: readonly string[];
}

/** What became, or would become, of one object. */
export interface ObjectOutcome {
  readonly ref: ObjectRef;
  readonly path?: RepoPath;
  readonly action: 'create' | 'update' | 'unchanged' | 'delete' | 'gone' | 'stay' | 'fail';
  /** Why it stays, or what else there is to know. */
  readonly note?: string;
  readonly failure?: ApplyFailure;
  /** Where the tree says what failed. */
  readonly source?: Source;
  /** For a preview. */
  readonly before?: KubeObject;
  readonly after?: KubeObject;
}

export interface InstanceOutcome {
  readonly id: DeploymentId;
  readonly context: ContextId;
  readonly app: string;
  readonly kind: 'apply' | 'remove';
  /** `failed`: see its objects, or `failure`; `blocked`: something that it needs failed; `not-reached`: the run ended before. */
  readonly state: 'done' | 'failed' | 'blocked' | 'not-reached';
  /** What failed beside its objects: its inventory could not be written. */
  readonly failure?: ApplyFailure;
  readonly blockedBy?: DeploymentId;
  readonly objects: readonly ObjectOutcome[];
}
