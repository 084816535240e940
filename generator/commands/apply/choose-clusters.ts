import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import { sortBy } from '../../lib/order.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { Intents, KnownCluster } from '../../model/intents.ts';

/** A cluster to apply to, with the context that reaches it. */
export interface DirectCluster {
  readonly cluster: KnownCluster;
  readonly context: string;
}

/** The clusters that were named, each once, by id. One that an agent looks after is an error. */
export function chooseClusters({ clusters, syncObjects }: Intents, names: 'all' | readonly string[]): Outcome<readonly DirectCluster[]> {
  const direct = clusters.filter(({ value }) => !value.spec.gitOps);
  const diagnostics: Diagnostic[] = [];
  const chosen = new Map<string, KnownCluster>();
  for (const cluster of names === 'all' ? direct : []) chosen.set(cluster.id, cluster);
  for (const name of names === 'all' ? [] : names) {
    const found = clusters.filter(({ id, value }) => id === name || value.metadata.name === name);
    const [cluster] = found;
    if (!cluster || found.length > 1) {
      const near = nearestName(
        name,
        clusters.flatMap(({ id, value }) => [id, value.metadata.name]),
      );
      diagnostics.push(diagnose('apply-unknown-cluster', { name, near, direct: direct.map(({ id }) => id) }, { reach: RUN }));
    } else if (cluster.value.spec.gitOps) {
      const args = { cluster: cluster.id, agent: cluster.value.spec.gitOps.gitOpsType };
      diagnostics.push(diagnose('cluster-has-agent', args, { source: cluster.at(['spec', 'gitOps', 'gitOpsType']), reach: RUN }));
    } else chosen.set(cluster.id, cluster);
  }
  const contextOf = ({ id, value: { spec } }: KnownCluster): string => {
    const object = syncObjects.find(({ value }) => value.spec.provider === spec.provider && value.metadata.name === spec.kubeconfigObject);
    return object?.value.spec.kubeconfig?.context ?? id;
  };
  return { value: sortBy(chosen.values(), ({ id }) => id).map((cluster) => ({ cluster, context: contextOf(cluster) })), diagnostics };
}
