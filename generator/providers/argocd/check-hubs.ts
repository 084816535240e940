import { diagnose, RUN, type Where } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { IN_CLUSTER } from './names.ts';
import type { Setting } from './setting.ts';

/** Whether the hub that each target names is one, and agrees with it. */
export function checkHubs(settings: readonly Setting[]): readonly Diagnostic[] {
  const byId = new Map<string, Setting>(settings.map((setting) => [setting.cluster.id, setting]));
  const targets = settings.filter(({ isTarget }) => isTarget);
  return [
    ...targets.flatMap((target) => {
      const hub = byId.get(target.hub ?? '');
      if (!hub) return [unknownHub(target, byId)];
      return hub.isTarget ? [hubWithHub(target, hub)] : [...differences(target, hub), ...uncollected(target, hub)];
    }),
    ...sharedNames(targets),
  ];
}

function at({ cluster }: Setting, ...path: string[]): Where {
  return { source: cluster.at(['spec', 'gitOps', ...path]), reach: RUN };
}

function unknownHub(target: Setting, known: ReadonlyMap<string, Setting>): Diagnostic {
  const { cluster, hub = '' } = target;
  const near = nearestName(
    hub,
    [...known].filter(([, { isTarget }]) => !isTarget).map(([id]) => id),
  );
  return diagnose('argocd-hub-unknown', { cluster: cluster.id, hub, near }, at(target, 'gitOpsReferenceObject'));
}

function hubWithHub(target: Setting, hub: Setting): Diagnostic {
  const args = { cluster: target.cluster.id, hub: hub.cluster.id, next: hub.hub ?? '' };
  return diagnose('argocd-hub-has-hub', args, at(target, 'gitOpsReferenceObject'));
}

/** One Argo CD has one namespace and one version. */
function differences(target: Setting, hub: Setting): readonly Diagnostic[] {
  const fields = [
    ['namespace', 'gitOpsReferenceObject'],
    ['version', 'agentVersion'],
  ] as const;
  return fields.flatMap(([field, place]) => {
    if (target[field] === hub[field]) return [];
    const args = { cluster: target.cluster.id, hub: hub.cluster.id, field, own: target[field], hubs: hub[field] };
    return [diagnose('argocd-hub-differs', args, at(target, place))];
  });
}

/** Whether the hub makes the root of a target that counts on it. */
function uncollected(target: Setting, hub: Setting): readonly Diagnostic[] {
  if (target.options.form !== 'applicationSet') return [];
  const { repoURL, targetRevision } = target.source;
  const isSeen = repoURL === hub.source.repoURL && targetRevision === hub.source.targetRevision;
  const isAsked = hub.options.form === 'applicationSet';
  if (isSeen && isAsked) return [];
  const args = { cluster: target.cluster.id, hub: hub.cluster.id, lacks: isAsked ? 'source' : 'form' } as const;
  return [diagnose('argocd-root-not-made', args, at(target, 'argocd', 'form'))];
}

/** Two targets of one name are one cluster to Argo CD, and a target of Argo CD's own name is the hub. */
function sharedNames(targets: readonly Setting[]): readonly Diagnostic[] {
  const taken = new Map<string, Setting>();
  return targets.flatMap((target) => {
    const { cluster, destination, hub = '' } = target;
    if (!('name' in destination)) return [];
    const { name } = destination;
    const key = `${hub}/${name}`;
    const other = taken.get(key);
    if (!other) taken.set(key, target);
    const by = name === IN_CLUSTER ? hub : other?.cluster.id;
    if (by === undefined) return [];
    const place = cluster.value.spec.gitOps?.resourceName === undefined ? 'gitOpsReferenceObject' : 'resourceName';
    return [diagnose('argocd-cluster-shared', { cluster: cluster.id, other: by, name }, at(target, place))];
  });
}
