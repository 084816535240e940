import { canonicalJson } from '../lib/canonical-json.ts';
import { deliveryOf } from '../lib/delivery.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { KnownCloud, KnownCluster, KnownDeployment } from '../model/intents.ts';
import type { Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { ChartRelease, Provider } from '../model/provider.ts';
import type { ChartJob, Instance, Rendered } from '../model/render.ts';

/** An instance that is a chart. */
export interface ChartInstance extends Instance {
  readonly job: ChartJob;
}

export interface Surroundings {
  readonly deployment: KnownDeployment;
  readonly cloud: KnownCloud;
  readonly cluster: KnownCluster;
  readonly provider: Pick<Provider, 'type' | 'chartObjects'>;
}

type ChartOutcome = Outcome<Rendered | undefined>;

const memos = new WeakMap<ChartJob, Map<string, ChartOutcome>>();

/**
 * A chart's objects, as the provider makes them: once for all clusters that differ in nothing which shows in them. Without objects there is an
 * error among the diagnostics.
 */
export function renderChart(instance: ChartInstance, surroundings: Surroundings): ChartOutcome {
  const { job } = instance;
  const release = toRelease(instance, surroundings);
  const key = keyOf(release, surroundings);
  const memo = memos.get(job) ?? new Map<string, ChartOutcome>();
  memos.set(job, memo);
  const known = memo.get(key);
  if (known) return known;
  const { value, diagnostics } = surroundings.provider.chartObjects(release);
  const outcome = { value: toRendered(job, value), diagnostics };
  // A finding names its cluster: only what went well is shared.
  if (diagnostics.length === 0) memo.set(key, outcome);
  return outcome;
}

function toRendered(job: ChartJob, objects: readonly KubeObject[] | 'in-reference'): Rendered | undefined {
  if (objects === 'in-reference') return { key: job.key, objects: [], chart: job };
  return objects.length > 0 ? { key: job.key, objects } : undefined;
}

function toRelease(instance: ChartInstance, { deployment, cloud, cluster }: Surroundings): ChartRelease {
  const { app, job, origin } = instance;
  const reach = { kind: 'context', context: deployment.context, app } as const;
  const asked = { source: origin.at(['source', 'chart'], 'key'), reach };
  return { cluster, instance, cloud, job, delivery: deliveryOf(cluster.value, deployment.value), asked };
}

/** All that a provider may look at but the job itself. */
function keyOf({ cluster, instance: { context, app }, cloud, delivery }: ChartRelease, { provider }: Surroundings): string {
  const agentVersion = cluster.value.spec.gitOps?.agentVersion ?? cluster.installation?.value.spec.version ?? '';
  return canonicalJson([provider.type, agentVersion, context, app, cloud.namespace, delivery as unknown as Json]);
}
