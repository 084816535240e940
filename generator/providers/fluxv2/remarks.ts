import { groupBy } from '../../lib/group-by.ts';
import { diagnose, RUN, type Where } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { type Agent, agentOf } from './agent.ts';
import { installationOf, type Remark } from './installation.ts';

interface Remarked {
  readonly cluster: KnownCluster;
  readonly agent: Agent;
  readonly remark: Remark;
}

/**
 * What there is to say about how clusters get their Flux. What is true of many for one reason is said once: naming all clusters of a fleet
 * would hide what else there is to see.
 */
export function remarks(clusters: readonly ProviderCluster[]): readonly Diagnostic[] {
  const remarked = clusters.flatMap((at): readonly Remarked[] => {
    const { remark } = installationOf(at);
    return remark ? [{ cluster: at.cluster, agent: agentOf(at.cluster), remark }] : [];
  });
  return [...groupBy(remarked, groupOf).values()].map(([first, ...others]) => report(first, others.length + 1));
}

function groupOf({ cluster, agent, remark }: Remarked): string {
  switch (remark.kind) {
    case 'not-vendored':
      return remark.kind;
    case 'version-missing':
      return JSON.stringify([remark.kind, agent.source]);
    case 'components-differ':
      return JSON.stringify([remark.kind, agent.source, remark.vendored.version]);
    case 'newer':
    case 'left':
      return JSON.stringify([remark.kind, remark.vendored, remark.committed]);
    case 'no-longer-vendored':
      return JSON.stringify([remark.kind, agent.version]);
    case 'lost':
    case 'list-lost':
    case 'to-operator':
    case 'to-manifests':
      return JSON.stringify([remark.kind, cluster.id]);
    default:
      return remark satisfies never;
  }
}

function report({ cluster, agent, remark }: Remarked, count: number): Diagnostic {
  const { id, at } = cluster;
  const where = (...path: string[]): Where => ({ source: at(['spec', 'gitOps', ...path]), reach: RUN });
  const asked = (): Where => ({ source: agent.source, reach: RUN });
  switch (remark.kind) {
    case 'not-vendored':
      return diagnose('flux-not-vendored', { cluster: id, count, version: agent.version }, where('gitOpsType'));
    case 'lost':
      return diagnose('flux-components-lost', { cluster: id }, where());
    case 'list-lost':
      return diagnose('flux-list-lost', { cluster: id }, where());
    case 'version-missing':
      return diagnose('flux-version-not-vendored', { cluster: id, count, version: agent.version }, asked());
    case 'components-differ':
      return diagnose(
        'flux-components-differ',
        { cluster: id, count, version: remark.vendored.version, vendored: remark.vendored.components },
        asked(),
      );
    case 'no-longer-vendored':
      return diagnose('flux-no-longer-vendored', { cluster: id, count, version: agent.version }, asked());
    case 'newer':
      return diagnose(
        'flux-newer-than-vendored',
        { cluster: id, count, vendored: remark.vendored, committed: remark.committed ?? '' },
        asked(),
      );
    case 'left': {
      const { vendored, committed } = remark;
      return diagnose(
        'flux-left-alone',
        { cluster: id, count, vendored, committed, isAsked: agent.install === 'manifests' },
        where('gitOpsType'),
      );
    }
    case 'to-operator':
    case 'to-manifests':
      return diagnose('flux-handover', { cluster: id, to: remark.kind === 'to-operator' ? 'operator' : 'manifests' }, where('install'));
    default:
      return remark satisfies never;
  }
}
