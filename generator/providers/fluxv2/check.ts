import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { checkFluxVersion } from '../shared/check-flux-version.ts';
import { agentOf } from './agent.ts';
import { agentVersion } from './agent-version.ts';
import { remarks } from './remarks.ts';

/** What is wrong with clusters that Flux looks after. */
export function check(clusters: readonly ProviderCluster[]): readonly Diagnostic[] {
  return [
    ...clusters.flatMap((cluster) => [...checkVersion(cluster), ...checkSources(cluster)]),
    ...remarks(clusters.filter(({ isAway }) => isAway !== true)),
  ];
}

function checkVersion({ cluster }: ProviderCluster): readonly Diagnostic[] {
  return checkFluxVersion(cluster, agentVersion(cluster), { source: () => agentOf(cluster).source });
}

/** Flux pulls references and manifests through one source, so that the two sync objects must speak of one branch. */
function checkSources({ cluster, sync }: ProviderCluster): readonly Diagnostic[] {
  if (sync?.reference.type !== 'git') return [];
  const { git } = sync.reference;
  if (git.url === sync.resource.url && git.branch === sync.resource.branch) return [];
  const where = { source: cluster.at(['spec', 'gitOps', 'gitOpsReferenceObject']), reach: RUN };
  const { gitOpsReferenceObject = '', gitOpsResourceObject = '' } = cluster.value.spec.gitOps ?? {};
  return [
    diagnose('sync-objects-differ', { cluster: cluster.id, reference: gitOpsReferenceObject, resource: gitOpsResourceObject }, where),
  ];
}
