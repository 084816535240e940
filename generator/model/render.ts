import type { App, Chart } from './api.generated.ts';
import type { Context, InstanceRef } from './context.ts';
import type { Outcome } from './diagnostic.ts';
import type { KnownCluster, KnownDeployment, TemplatePackage, VendoredChart } from './intents.ts';
import type { JsonObject, Json } from './json.ts';
import type { KubeObject, Revision } from './kube.ts';
import type { Located } from './source.ts';

/** SHA-256 (hex) over everything that a render depends on. */
export type RenderKey = string & { readonly __brand: 'RenderKey' };

/** Which objects a patch is for: kustomize's selector. `name` and `namespace` are anchored regular expressions. */
export interface PatchTarget {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

/** `strategic` and `json6902` are kustomize's; `merge` is RFC 7386, applied after it. */
export type Patch =
  | { readonly target: PatchTarget; readonly type: 'strategic' | 'merge'; readonly patch: JsonObject }
  | { readonly target: PatchTarget; readonly type: 'json6902'; readonly patch: readonly Json[] };

/** One app as it shall be rendered, without cluster or context ids: equal jobs give equal objects. */
export interface RenderJob {
  readonly key: RenderKey;
  readonly template: string;
  readonly values: JsonObject;
  readonly patches: readonly Patch[];
}

/** One app that is a Helm chart, as the agent shall install it; the provider makes its objects. Equal jobs give equal objects in equal places. */
export interface ChartJob {
  readonly key: RenderKey;
  readonly chart: Chart;
  readonly values: JsonObject;
  readonly patches: readonly Patch[];
}

export type Job = RenderJob | ChartJob;

export function isChartJob(job: Job): job is ChartJob {
  return 'chart' in job;
}

/** One app and a cluster that may run it. */
export interface ComposeRequest {
  readonly deployment: KnownDeployment;
  readonly app: Located<App>;
  readonly cluster: KnownCluster;
  /** Absent for an app that is a chart. */
  readonly template?: TemplatePackage;
  /** What is known of its chart. */
  readonly vendored?: VendoredChart;
}

/** Without a job there are errors among the diagnostics. */
export type Compose = (request: ComposeRequest) => Outcome<Job | undefined>;

/** A job's objects as kustomize made them, before stamping; sorted by apiVersion, kind, namespace, name. */
export interface Rendered {
  readonly key: RenderKey;
  readonly objects: readonly KubeObject[];
  /** A chart that is no objects here, but travels in its instance's reference. */
  readonly chart?: ChartJob;
}

/** An instance to be rendered. `origin` is the app's entry in its intent, for findings. */
export interface Instance extends InstanceRef {
  readonly owner: Context;
  readonly job: Job;
  readonly origin: Located<unknown>;
}

/** What is known of an object as its file will have it, without its text. */
export interface PrintedHead {
  /** What makes two objects of one cluster the same: `<group>/<kind>/<namespace>/<name>`. */
  readonly identity: string;
  /** Name of its file in the instance's folder. */
  readonly file: string;
  /** SOPS encrypted it. */
  readonly isEncrypted: boolean;
}

/** An object as its file will have it. */
export interface PrintedObject extends PrintedHead {
  /** YAML in canonical order; made when asked for, so that a large fleet's texts are never all there at once. */
  readonly text: () => string;
}

/** An instance's objects with labels, hashes and namespace, ready to be written. */
export interface StampedInstance {
  readonly instance: InstanceRef;
  readonly owner: Context;
  /** Whole objects may be made only when asked for: whoever asks this of every instance of a fleet, pays. */
  readonly objects: readonly KubeObject[];
  /** The same objects in the same order. These, and the revision, may be made when asked for as well. */
  readonly printed: readonly PrintedObject[];
  /** What is known of the printed objects before they are made; one list for all instances that have the same. Absent where they are there. */
  readonly heads?: readonly PrintedHead[];
  /** The chart that its reference carries, where the agent does not take it as objects: there are none then. */
  readonly chart?: ChartJob;
  readonly revision: Revision;
}
