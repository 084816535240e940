import { cloudMembers } from '../04-place/cloud-members.ts';
import { createFleet, type Fleet } from '../04-place/fleet.ts';
import { renderChart } from '../06-render/render-charts.ts';
import type { Renderer } from '../06-render/render.ts';
import { stampCloud } from '../06-render/stamp-cloud.ts';
import { stamp } from '../06-render/stamp.ts';
import { begin } from '../io/phases.ts';
import { createListKeeper, isClean, type Memory } from '../lib/memo.ts';
import type { ClusterId } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { Outcome } from '../model/diagnostic.ts';
import type { Intents, KnownCloud, KnownCluster } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';
import { providerType, type ProviderType } from '../model/provider.ts';
import { type Instance, isChartJob, type Rendered, type RenderJob, type StampedInstance } from '../model/render.ts';
import { providers } from '../providers/registry.ts';
import type { Findings } from './findings.ts';

interface Cloud {
  readonly type: ProviderType;
  readonly stamped: StampedInstance;
}

/** Gives every logical cloud on each active cluster that it spans. */
export function createCloudInstances(memory: Memory): (intents: Intents) => readonly StampedInstance[] {
  const clouds = memory.memo<KnownCloud, ReadonlyMap<ClusterId, Cloud>>();
  const same = createListKeeper<StampedInstance>();
  const fleets = memory.memo<'active', Fleet>();
  return ({ clouds: all, clusters }) => {
    const active = fleets.get('active', [clusters], () => createFleet(clusters.filter(({ value }) => value.spec.state !== 'Removed')));
    return same(
      all.flatMap((cloud) => {
        const stamped = clouds.get(cloud, [active], (before) => cloudOn(cloud, active, before));
        return [...stamped.values()].map((one) => one.stamped);
      }),
    );
  };
}

function cloudOn(cloud: KnownCloud, active: Fleet, before?: ReadonlyMap<ClusterId, Cloud>): ReadonlyMap<ClusterId, Cloud> {
  const members = cloudMembers(cloud, active);
  const spanned = active.clusters.filter(({ id }) => members === 'all' || members.has(id));
  const objects = new Map<ProviderType, readonly KubeObject[]>();
  const objectsFor = (type: ProviderType): readonly KubeObject[] => {
    const made = objects.get(type) ?? providers[type].cloudObjects(cloud);
    objects.set(type, made);
    return made;
  };
  return new Map(
    spanned.flatMap(({ id, value }) => {
      const type = providerType(value);
      const known = before?.get(id);
      if (known?.type === type) return [[id, known] as const];
      const made = objectsFor(type);
      // The administrators' cloud is nothing where nobody applies it as somebody else.
      return made.length > 0 ? [[id, { type, stamped: stampCloud(cloud, id, made) }] as const] : [];
    }),
  );
}

export interface Rendering {
  readonly intents: Intents;
  readonly placements: readonly Placement[];
  readonly renderer: Renderer;
  readonly found: Findings;
}

type Stamped = Outcome<StampedInstance | undefined>;

interface Template extends Instance {
  readonly job: RenderJob;
}

function isTemplate(instance: Instance): instance is Template {
  return !isChartJob(instance.job);
}

/** What could be rendered, stamped. An instance that could not is missing, and an error says why. */
export function createAppInstances(
  memory: Memory,
): (instances: readonly Instance[], rendering: Rendering) => Promise<readonly StampedInstance[]> {
  const stamped = memory.memo<Instance, Stamped>(isClean);
  return async (instances, { intents, placements, renderer, found }) => {
    begin('render');
    const rendered = found.take(await renderer.render(instances.filter(isTemplate), intents.templates));
    begin('stamp');
    const tenancies = new Map(placements.map((placement) => [placement.deployment.context.id, placement]));
    const clusters = new Map(intents.clusters.map((cluster) => [cluster.id, cluster]));
    return instances.flatMap((instance) => {
      const tenancy = tenancies.get(instance.context);
      const cluster = clusters.get(instance.cluster);
      if (!tenancy || !cluster) return [];
      if (isTemplate(instance)) {
        const objects = rendered.get(instance.job.key);
        return found.take(stamped.get(instance, [objects, tenancy.cloud], () => stampAs(instance, objects, tenancy.cloud))) ?? [];
      }
      // A chart's objects depend on how it is delivered as well.
      const inputs = [cluster, tenancy.cloud, tenancy.deployment.value.spec.delivery];
      return found.take(stamped.get(instance, inputs, () => stampChart(instance, { ...tenancy, cluster }))) ?? [];
    });
  };
}

function stampAs(instance: Instance, objects: Rendered | undefined, cloud: KnownCloud): Stamped {
  return objects ? stamp(instance, objects, cloud) : { value: undefined, diagnostics: [] };
}

function stampChart(instance: Instance, tenancy: Placement & { readonly cluster: KnownCluster }): Stamped {
  const { job } = instance;
  if (!isChartJob(job)) throw new Error(`no chart: ${instance.app}`);
  const chart = renderChart({ ...instance, job }, { ...tenancy, provider: providers[providerType(tenancy.cluster.value)] });
  const made = stampAs(instance, chart.value, tenancy.cloud);
  return { value: made.value, diagnostics: [...chart.diagnostics, ...made.diagnostics] };
}
