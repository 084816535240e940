import type { App } from './api.generated.ts';
import type { ClusterId, Context } from './context.ts';
import type { Demand } from './demand.ts';
import type { KnownCloud, KnownCluster, KnownDeployment } from './intents.ts';
import type { Located } from './source.ts';

/** A cluster that a selector of the placement matched, and what became of it. */
export interface Verdict {
  readonly cluster: ClusterId;
  /** One sentence each, such as `allOf[0]: matchLabels tier=edge`. */
  readonly reasons: readonly string[];
}

/** The recorded outcome of placement for one app. Clusters that no selector matches are not listed. Sorted by cluster id. */
export interface Decision {
  readonly deployment: Context;
  readonly app: string;
  readonly cloud: Context;
  readonly dependsOn: readonly string[];
  /** Of an app that is a chart, if somebody said it. */
  readonly demand?: Demand & { readonly from: 'intent' | 'vendored chart' };
  readonly chosen: readonly Verdict[];
  readonly rejected: readonly Verdict[];
}

/** One app and where it goes: what later steps work on. */
export interface Placement {
  readonly deployment: KnownDeployment;
  readonly app: Located<App>;
  readonly cloud: KnownCloud;
  readonly clusters: readonly KnownCluster[];
  readonly decision: Decision;
}
