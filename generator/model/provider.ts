import type { Cluster, ClusterGitOps, Delivery } from './api.generated.ts';
import type { BootstrapStep } from './bootstrap.ts';
import type { Diagnostic, Outcome, Reach } from './diagnostic.ts';
import type { CommittedFile, GeneratedFile } from './file.ts';
import type { KnownCloud, KnownCluster, VendoredFlux } from './intents.ts';
import type { JsonObject } from './json.ts';
import type { KubeObject } from './kube.ts';
import type { Place } from './place.ts';
import type { ChartJob, PrintedHead, StampedInstance } from './render.ts';
import type { InstanceRef } from './context.ts';
import type { Source } from './source.ts';
import type { ClusterSync, SyncType } from './sync.ts';

/** The legal values of a Cluster's `gitOpsType`, and `kubernetes` for a cluster without GitOps (direct access). */
export type ProviderType = ClusterGitOps['gitOpsType'] | 'kubernetes';

/** One of each, keyed by type. */
export type Providers = Readonly<Record<ProviderType, Provider>>;

export function providerType(cluster: Cluster): ProviderType {
  return cluster.spec.gitOps?.gitOpsType ?? 'kubernetes';
}

/** A cluster with what its agent needs to know, defaults filled in. */
export interface ProviderCluster {
  readonly cluster: KnownCluster;
  /** The two sync objects that it names; absent for direct access, and where one is unknown or of a type that does not fit, which is reported. */
  readonly sync?: ClusterSync;
  /** Of the cluster that its agent runs on, where that is another one: what that one syncs through and from. */
  readonly host?: ClusterSync;
  /** Its tree is not at hand: what stands there is not known, and nothing of it is written. */
  readonly isAway?: true;
  /** What stands below the cluster's folder now, by path relative to it. Tells what `flux bootstrap` or a person put there. */
  readonly present: ReadonlyMap<string, CommittedFile>;
  /** Flux's install manifests at hand, lowest version first. */
  readonly vendoredFlux: readonly VendoredFlux[];
}

/** Where something was asked for, and what a mistake in it holds. */
export interface Asked {
  readonly source: Source;
  readonly reach: Reach;
}

/** How one instance is delivered. */
export interface ReferenceRequest {
  readonly instance: StampedInstance;
  /** Deployment's version; absent for a logical cloud. */
  readonly version?: string;
  readonly cloud: KnownCloud;
  /** The app, or the logical cloud, as it stands in the intents. */
  readonly asked: () => Asked;
  /** Names of references that must be ready first (`<cid>-<app>`), the cloud's first, then in order of the intent. */
  readonly dependsOn: readonly string[];
  /** Apps among these that are charts. */
  readonly chartsFirst: readonly string[];
  /** 0 for a cloud, 1 for an app that waits for no other, and one more than the latest of those that it waits for, on whatever cluster. */
  readonly wave: number;
  /** Cluster's delivery, overlaid by the deployment's. */
  readonly delivery: Delivery;
  /** Which document a field of `delivery` comes from. */
  readonly askedBy: (field: keyof Delivery) => Asked;
}

/** A Helm chart to be installed on one cluster, by whatever means its agent has. */
export interface ChartRelease {
  readonly cluster: KnownCluster;
  readonly instance: InstanceRef;
  readonly cloud: KnownCloud;
  readonly job: ChartJob;
  /** Cluster's delivery, overlaid by the deployment's. */
  readonly delivery: Delivery;
  /** The app's `source.chart`. */
  readonly asked: Asked;
}

/** An object of an app that others may wait for. */
export interface Workload {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What becomes of a file without our marker. */
export type Stray =
  /** It is the agent's own, and may be replaced by what we write. */
  | { readonly is: 'replaceable' }
  /** It may stand where one of ours belongs: it is left alone, and the warning says so. */
  | { readonly is: 'left'; readonly finding: Diagnostic }
  /** The agent applies it, because it reads whatever lies there. */
  | { readonly is: 'applied' }
  /** The agent stops at it. */
  | { readonly is: 'refused'; readonly finding: Diagnostic };

/**
 * One way into a cluster, as pure functions (EMCO's three plugin interfaces; the status one comes with the status job).
 * A provider returns files inside its declared roots and never acts.
 */
export interface Provider {
  readonly type: ProviderType;
  /** Types of sync objects that references can go through. */
  readonly referenceSync: readonly SyncType[];
  /** The cluster that the agent runs on, where it may be another one, by id. */
  hostOf?(sync: ClusterSync): string | undefined;
  /** Files, and folders ending in `/`, relative to the cluster's folder, that this provider may write beside `context/`. */
  readonly roots: readonly string[];
  /** Those of its files that may be written but are never deleted, because the agent would delete itself. */
  readonly lasting: readonly string[];
  /** Those of its files and folders, no other provider's, that tell by being there that its agent follows the tree. */
  readonly signs: readonly string[];
  /** Whether the agent decrypts Secrets that SOPS has encrypted. */
  readonly decrypts?: true;
  /** Kubernetes namespaces that no logical cloud may have, because the agent itself uses the name. */
  readonly reservedNamespaces: ReadonlySet<string>;
  /**
   * For an agent that finds instances by reading all that lies below a folder: the part of the cluster's tree that an instance's folder lies in. The folder then
   * holds nothing but its objects. Absent: it lies at the top, with a `kustomization.yaml` that lists its files.
   */
  readonly placeOf?: (instance: InstanceRef, cloud: KnownCloud) => Place;
  /** EMCO's resources provider: the objects that a logical cloud adds on a cluster for this agent. */
  cloudObjects(cloud: KnownCloud): readonly KubeObject[];
  /**
   * Whether an object of a logical cloud comes with the cloud's reference and not in its folder, because references are in what it makes. Absent: none
   * does.
   */
  comesWithReference?(object: PrintedHead, at: { readonly cluster: KnownCluster; readonly cloud: KnownCloud }): boolean;
  /**
   * The objects that make the agent install a chart: they are the instance's. `in-reference`: there are none, and its reference carries the chart
   * (`StampedInstance.chart`). No objects, and an error, where the agent cannot.
   */
  chartObjects(release: ChartRelease): Outcome<readonly KubeObject[] | 'in-reference'>;
  /** What is wrong with the clusters as far as the agent is concerned. Takes all of its clusters, so that what many share is said once. */
  check(clusters: readonly ProviderCluster[]): readonly Diagnostic[];
  /** What the agent reads first: the constant files of a cluster's tree. */
  bootstrap(cluster: ProviderCluster): readonly GeneratedFile[];
  /** The steps, in order, by which a cluster comes to follow its tree for the first time; none where the cluster lacks what they need. */
  bootstrapSteps(cluster: ProviderCluster): readonly BootstrapStep[];
  /** EMCO's reference provider: what makes the agent pull one instance. */
  reference(cluster: ProviderCluster, request: ReferenceRequest): Outcome<readonly GeneratedFile[]>;
  /**
   * Annotations for every object of an app, for an agent that reads off the objects what comes first and what stays; absent where references say
   * it. `first`: the workloads of the apps that it depends on, on its cluster.
   */
  objectAnnotations?(request: ReferenceRequest, first: readonly Workload[]): JsonObject;
  /**
   * Whether a reference, or an object where objects say it themselves (`objectAnnotations`), tells the agent to leave on the cluster what it applied
   * when it goes. Of other agents' references: no.
   */
  leavesObjects(reference: JsonObject): boolean;
  /**
   * A reference, as it stands in the tree or on a cluster, in the form in which it deletes nothing, neither when it goes nor before. The same
   * value where it has that form; `undefined` for what applies no objects.
   */
  release(reference: JsonObject): JsonObject | undefined;
  /**
   * Where the reference of an instance that stands in the tree has to be, below the cluster's folder; absent or `undefined`: it has none of its
   * own. Asked when the cluster passes to another agent, so that its document speaks of that one: what tells is the files, by path below its folder.
   */
  readonly referencePath?: (instance: InstanceRef, present: ProviderCluster['present']) => string | undefined;
  /**
   * What a file below the cluster's folder tells of who reads the tree and what that is aimed at, by name of the field. Who finds another value, or
   * none, in what shall be written has another agent before him.
   */
  readonly homeIn?: (path: string, text: string) => Readonly<Record<string, string>>;
  /** The instance that a path below the cluster's folder belongs to, read from the path alone; `undefined`: none. */
  ownerOf(path: string): { readonly context: string; readonly app: string } | undefined;
  /**
   * What becomes of a file that somebody else wrote, by its path below the cluster's folder; absent or `undefined`: it is in the way where one of ours
   * belongs, and elsewhere nobody applies it.
   */
  readonly stray?: (path: string, file: CommittedFile) => Stray | undefined;
}
