import type { Delivery, GitSync } from './api.generated.ts';
import type { Outcome } from './diagnostic.ts';
import type { GeneratedFile } from './file.ts';
import type { KnownCloud, KnownCluster } from './intents.ts';
import type { KubeObject } from './kube.ts';
import type { StampedInstance } from './render.ts';
import type { Located, RepoPath } from './source.ts';

/** The legal values of a Cluster's `gitOpsType`, and `kubernetes` for a cluster without GitOps (direct access). */
export type ProviderType = 'fluxv2' | 'kubernetes';

/** A cluster with what its agent needs to know, defaults filled in. */
export interface ProviderCluster {
  readonly cluster: KnownCluster;
  /** The repository and branch that hold its tree; absent for direct access. */
  readonly git?: Required<Pick<GitSync, 'url' | 'branch' | 'interval'>> & Pick<GitSync, 'secretRef'>;
  /** Paths below the cluster's folder, relative to it, that stand there now. Tells what `flux bootstrap` or a person put there. */
  readonly present: ReadonlySet<string>;
}

/** How one instance is delivered. */
export interface ReferenceRequest {
  readonly instance: StampedInstance;
  /** Deployment's version; absent for a logical cloud. */
  readonly version?: string;
  readonly cloud: KnownCloud;
  /** Names of references that must be ready first (`<cid>-<app>`), sorted. */
  readonly dependsOn: readonly string[];
  /** Cluster's delivery, overlaid by the deployment's. */
  readonly delivery: Delivery;
  /** Where the delivery was asked for, for findings. */
  readonly origin: Located<unknown>;
}

/**
 * One way into a cluster, as pure functions (EMCO's three plugin interfaces; the status one comes with the status job).
 * A provider returns files inside its declared roots and never acts.
 */
export interface Provider {
  readonly type: ProviderType;
  /** Folders and files, relative to the cluster's folder, that this provider may write beside `context/`. */
  readonly roots: readonly string[];
  /** EMCO's resources provider: the objects that a logical cloud adds on a cluster for this agent. */
  cloudObjects(cloud: KnownCloud): readonly KubeObject[];
  /** What the agent reads first: the constant files of a cluster's tree. */
  bootstrap(cluster: ProviderCluster): Outcome<readonly GeneratedFile[]>;
  /** EMCO's reference provider: what makes the agent pull one instance. */
  reference(cluster: ProviderCluster, request: ReferenceRequest): Outcome<readonly GeneratedFile[]>;
  /** The instance that a path below the cluster's folder belongs to, read from the path alone; `undefined`: none. */
  ownerOf(path: RepoPath): { readonly context: string; readonly app: string } | undefined;
}
