import type { Cluster, Delivery, DeploymentIntent } from '../model/api.generated.ts';

/** How agents apply: the deployment's wishes win over the cluster's, field by field. */
export function deliveryOf(cluster: Cluster, deployment?: DeploymentIntent): Delivery {
  return { ...cluster.spec.delivery, ...deployment?.spec.delivery };
}
