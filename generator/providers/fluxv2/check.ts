import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { agentOf } from './agent.ts';
import { agentVersion, formatVersion, isOlder, NEWEST, OLDEST } from './agent-version.ts';
import { remarks } from './remarks.ts';

/** What is wrong with clusters that Flux looks after. */
export function check(clusters: readonly ProviderCluster[]): readonly Diagnostic[] {
  return [...clusters.flatMap((cluster) => [...checkVersion(cluster), ...checkSources(cluster)]), ...remarks(clusters)];
}

function checkVersion({ cluster }: ProviderCluster): readonly Diagnostic[] {
  const version = agentVersion(cluster);
  const where = () => ({ source: agentOf(cluster).source, reach: RUN });
  const args = { cluster: cluster.id, version: formatVersion(version), oldest: formatVersion(OLDEST), newest: formatVersion(NEWEST) };
  if (isOlder(version, OLDEST)) return [diagnose('agent-too-old', args, where())];
  return isOlder(NEWEST, version) ? [diagnose('agent-newer-than-known', args, where())] : [];
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
