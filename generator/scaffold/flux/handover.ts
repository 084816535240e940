import { sortBy } from '../../lib/order.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { KubeObject } from '../../model/kube.ts';
import { notHandedOver, takenUpBy } from '../gitops/handover.ts';
import { AGENT } from './cluster-files.ts';
import { fluxName, fluxNamespace } from './kinds.ts';
import type { FluxCluster } from './read-cluster.ts';

const KUSTOMIZATION = 'kustomizations.kustomize.toolkit.fluxcd.io';
const RELEASE = 'helmreleases.helm.toolkit.fluxcd.io';

/** Names come from files of others, and are going to be pasted into a shell. */
function named(verb: string, kind: string, { object }: { readonly object: KubeObject }): string {
  return `-n ${shellWord(fluxNamespace(object))} ${verb} ${kind} ${shellWord(object.metadata.name)}`;
}

const REMEDY =
  'see that the GitRepository has a branch, and an address without user and password (credentials go into a Secret that its spec.secretRef names)';

/**
 * How a cluster's Flux lets go of the old tree, and its agent takes up the new one, step by step. Source: kustomize-controller, finalizer of a
 * Kustomization.
 */
export function fluxHandover(
  { cluster, sync, kustomizations, helmReleases, releases, kept }: FluxCluster,
  agent: string | undefined,
): readonly string[] {
  if (agent === undefined) return notHandedOver([cluster], { from: 'Flux', remedy: REMEDY });
  const root = sync.root.object;
  const others = sortBy(
    kustomizations.map(({ object }) => object).filter((object) => fluxName(object) !== fluxName(root)),
    fluxName,
  );
  const all = [root, ...others];
  const folder = `clusters/${cluster}`;
  const patch = `--type merge -p '{"spec":{"suspend":true,"prune":false}}'`;
  // A release whose object is called otherwise here gets a second one, so that the first must go, and leave what it installed.
  const renamed = helmReleases.filter(({ object }) => {
    const release = releases.find(({ title }) => title === `HelmRelease ${fluxName(object)}`);
    return release !== undefined && (release.name !== object.metadata.name || release.namespace !== fluxNamespace(object));
  });
  return [
    `espalier generate, review, commit and push. The cluster does not look at ${folder}/ yet.`,
    `Have the old Kustomizations stand still and keep what they applied (the root first, which would put the others back):\n${all
      .map((object) => `kubectl ${named('patch', KUSTOMIZATION, { object })} ${patch}`)
      .join('\n')}`,
    `See that all say true and false before you go on:\nkubectl get kustomizations.kustomize.toolkit.fluxcd.io -A -o custom-columns=NAME:.metadata.name,SUSPEND:.spec.suspend,PRUNE:.spec.prune`,
    ...(renamed.length === 0
      ? []
      : [
          `Have these HelmReleases go and leave what they installed: a suspended one is not uninstalled.\n${renamed
            .map(
              ({ object }) =>
                `kubectl ${named('patch', RELEASE, { object })} --type merge -p '{"spec":{"suspend":true}}'\nkubectl ${named('delete', RELEASE, { object })}`,
            )
            .join('\n')}`,
        ]),
    `Delete the old Kustomizations; suspended, they leave all objects:\n${all
      .map((object) => `kubectl ${named('delete', KUSTOMIZATION, { object })}`)
      .join('\n')}`,
    ...(kept.length === 0
      ? []
      : [
          `Not carried over, and still read from ${fluxName(sync.source.object)}, whose address or branch may change now: ${kept.join(', ')}. Suspend them, or give them a source of their own.`,
        ]),
    ...(agent === AGENT
      ? [
          `Have Flux take up the new tree, on the cluster:\nkubectl apply -k ${folder}/flux-system`,
          `Look: kubectl get kustomizations.kustomize.toolkit.fluxcd.io -A. When all are ready, take the old folder out of its repository.`,
        ]
      : [takenUpBy(agent, cluster), 'When the agent has applied all of it, take the old folder out of its repository.']),
  ];
}
