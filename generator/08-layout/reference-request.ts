import { RUN } from '../diagnostics/diagnose.ts';
import { deliveryOf } from '../lib/delivery.ts';
import { LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { KnownCluster, KnownDeployment } from '../model/intents.ts';
import type { ReferenceRequest } from '../model/provider.ts';
import type { StampedInstance } from '../model/render.ts';
import { type Origin, reachOf, sourceOf } from './directory.ts';

/** What the provider needs to know to refer to an instance: its tenant, what comes first, and how it is delivered. */
export function referenceRequest(instance: StampedInstance, origin: Origin, cluster: KnownCluster): ReferenceRequest {
  const { cloud, wave } = origin;
  const asked = () => ({ source: sourceOf(origin), reach: reachOf(instance) });
  if (origin.kind === 'cloud') return { instance, cloud, asked, dependsOn: [], chartsFirst: [], wave, ...delivery(cluster) };
  const { deployment } = origin.placement;
  const first = origin.dependencies(cluster.id);
  const dependsOn = [`${cloud.context.id}-${LOGICAL_CLOUD_APP}`, ...first.map((app) => `${deployment.context.id}-${app}`)];
  const { version, apps } = deployment.value.spec;
  const chartsFirst =
    first.length === 0 ? first : apps.filter(({ name, source }) => source.chart && first.includes(name)).map(({ name }) => name);
  return { instance, cloud, asked, dependsOn, chartsFirst, wave, version, ...delivery(cluster, deployment) };
}

/** The deployment's wishes win over the cluster's, field by field. */
function delivery(cluster: KnownCluster, deployment?: KnownDeployment): Pick<ReferenceRequest, 'delivery' | 'askedBy'> {
  const own = deployment?.value.spec.delivery ?? {};
  return {
    delivery: deliveryOf(cluster.value, deployment?.value),
    askedBy: (field) =>
      deployment && Object.hasOwn(own, field)
        ? { source: deployment.at(['spec', 'delivery', field]), reach: { kind: 'context', context: deployment.context } }
        : { source: cluster.at(['spec', 'delivery', field]), reach: RUN },
  };
}
