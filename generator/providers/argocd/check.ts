import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Delivery } from '../../model/api.generated.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { checkHubs } from './check-hubs.ts';
import { withoutEffect } from './delivery.ts';
import { type Setting, settingOf } from './setting.ts';
import { isOlder, NEWEST, OLDEST, versionOf } from './version.ts';

/** What is wrong with clusters that Argo CD looks after. */
export function check(clusters: readonly ProviderCluster[]): readonly Diagnostic[] {
  const settings = clusters.flatMap((at) => settingOf(at) ?? []);
  return [
    ...clusters.flatMap(({ cluster }) => checkVersion(cluster)),
    ...checkDelivery(clusters.map(({ cluster }) => cluster)),
    ...settings.flatMap(checkOptions),
    ...checkHubs(settings),
  ];
}

function checkVersion(cluster: KnownCluster): readonly Diagnostic[] {
  const version = versionOf(cluster);
  const where = { source: cluster.at(['spec', 'gitOps', 'agentVersion']), reach: RUN };
  if (isOlder(version, OLDEST)) return [diagnose('argocd-too-old', { cluster: cluster.id, version, oldest: OLDEST }, where)];
  return isOlder(NEWEST, version) ? [diagnose('argocd-newer-than-known', { cluster: cluster.id, version, newest: NEWEST }, where)] : [];
}

/** Told once for all clusters that ask for it: there may be as many as there are clusters. */
function checkDelivery(clusters: readonly KnownCluster[]): readonly Diagnostic[] {
  const first = new Map<keyof Delivery, KnownCluster>();
  for (const cluster of clusters)
    for (const field of withoutEffect(cluster.value.spec.delivery ?? {})) if (!first.has(field)) first.set(field, cluster);
  return [...first].map(([field, { at }]) =>
    diagnose('argocd-delivery-ignored', { field }, { source: at(['spec', 'delivery', field]), reach: RUN }),
  );
}

/** Options that say how a hub reaches its targets say nothing of a cluster that has an Argo CD of its own. */
function checkOptions({ cluster, options, isTarget }: Setting): readonly Diagnostic[] {
  if (isTarget) return [];
  const { resourceName } = cluster.value.spec.gitOps ?? {};
  const given = [
    ...(resourceName === undefined ? [] : [['resourceName']]),
    ...(options.server === undefined ? [] : [['argocd', 'server']]),
    ...(options.clusterSecret === undefined ? [] : [['argocd', 'clusterSecret']]),
  ];
  return given.map((path) =>
    diagnose(
      'argocd-option-without-hub',
      { cluster: cluster.id, option: path.join('.') },
      { source: cluster.at(['spec', 'gitOps', ...path], 'key'), reach: RUN },
    ),
  );
}
