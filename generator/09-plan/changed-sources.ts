import { diagnose } from '../diagnostics/diagnose.ts';
import { groupBy } from '../lib/group-by.ts';
import { readInstancePath } from '../lib/instance-path.ts';
import type { Change, ChangeSet } from '../model/change.ts';
import { type ClusterId, instanceKey } from '../model/context.ts';
import type { Placement } from '../model/decision.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KnownCluster } from '../model/intents.ts';
import { type Providers, providerType } from '../model/provider.ts';

export interface SourcesRequest {
  /** Those that stay with their agents. */
  readonly clusters: readonly KnownCluster[];
  readonly providers: Providers;
  readonly placements: readonly Placement[];
}

type Source = 'chart' | 'template';

/**
 * Refuses an app that stays on a cluster and becomes a chart, or is one no more: its objects then have another owner in one step. Helm uninstalls what
 * the manifests are about to apply, or finds there what it has to make. Not where the agent renders charts itself and nothing changes hands.
 * Told once for each app.
 */
export function changedSources(changeSet: ChangeSet, { clusters, providers, placements }: SourcesRequest): readonly Diagnostic[] {
  const known = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const staying = new Map(
    placements.flatMap((placement) =>
      placement.clusters.map(({ id }) => {
        const { deployment, app } = placement;
        return [instanceKey({ cluster: id, context: deployment.context.id, app: app.value.name }), placement] as const;
      }),
    ),
  );
  const changes = changeSet.changes.filter(({ before, after }) => before === undefined || after === undefined);
  const instances = groupBy(
    changes.flatMap((change) => (change.owner.kind === 'instance' ? [{ change, instance: change.owner.instance }] : [])),
    ({ instance }) => instanceKey(instance),
  );
  const found = [...instances].flatMap(([key, [first, ...others]]) => {
    const placement = staying.get(key);
    const cluster = known.get(first.instance.cluster);
    const provider = cluster && providers[providerType(cluster.value)];
    const now =
      provider &&
      newSource(
        [first, ...others].map(({ change }) => change),
        { hasReferences: provider.placeOf === undefined },
      );
    return placement && now ? [{ placement, now, cluster: first.instance.cluster }] : [];
  });
  return [...groupBy(found, ({ placement }) => placement).values()].map((all) => {
    const [{ placement, now }] = all;
    const { deployment, app } = placement;
    const reach = { kind: 'context', context: deployment.context, app: app.value.name } as const;
    const args = { app: app.value.name, now, clusters: all.map(({ cluster }): ClusterId => cluster).sort() };
    return diagnose('changed-source', args, { source: app.at(['source', now], 'key'), reach });
  });
}

/** Told by the files that come and go: Flux's HelmRelease, or a reference where only charts have one. */
function newSource(changes: readonly Change[], { hasReferences }: { readonly hasReferences: boolean }): Source | undefined {
  const of = (isGone: boolean): Kinds =>
    kindsOf(
      changes.filter(({ after }) => (after === undefined) === isGone),
      hasReferences,
    );
  const [come, gone] = [of(false), of(true)];
  if (come.hasRelease && gone.hasObjects) return 'chart';
  return gone.hasRelease && come.hasObjects ? 'template' : undefined;
}

interface Kinds {
  readonly hasRelease: boolean;
  readonly hasObjects: boolean;
}

function kindsOf(changes: readonly Change[], hasReferences: boolean): Kinds {
  const files = changes.map(({ path }) => readInstancePath(path)?.file);
  return {
    hasRelease: files.some((file) => (file === undefined ? !hasReferences : RELEASE.test(file))),
    hasObjects: files.some((file) => file !== undefined && file !== 'kustomization.yaml' && !OF_CHART.test(file)),
  };
}

const RELEASE = /-helmrelease\.helm\.toolkit\.fluxcd\.io(?:\.[a-z0-9-]+)?\.yaml$/;
const OF_CHART = /\.(?:helm|source)\.toolkit\.fluxcd\.io(?:\.[a-z0-9-]+)?\.yaml$/;
