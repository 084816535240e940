import { groupOf } from '../../lib/kube-names.ts';
import type { KubeObject } from '../../model/kube.ts';

const GROUPS = ['toolkit.fluxcd.io', 'fluxcd.controlplane.io', 'source.extensions.fluxcd.io'];

/** Whether an object is for Flux itself, and not what Flux is to apply. */
export function isFluxKind({ apiVersion }: KubeObject): boolean {
  const group = groupOf(apiVersion);
  return GROUPS.some((own) => group === own || group.endsWith(`.${own}`));
}

/** `flux-system/apps`. */
export function fluxName(object: KubeObject): string {
  return `${fluxNamespace(object)}/${object.metadata.name}`;
}

export function fluxNamespace({ metadata }: KubeObject): string {
  const namespace = metadata['namespace'];
  return typeof namespace === 'string' ? namespace : 'default';
}

/** Why an object of Flux's is not carried over; `undefined`: it is, or something else tells of it. */
export function reasonAgainst({ apiVersion, kind }: KubeObject): string | undefined {
  const group = groupOf(apiVersion);
  if (group === 'image.toolkit.fluxcd.io')
    return 'image automation writes into manifests, and these are generated here: point it at intents/, or have a pull request change the intent';
  if (group === 'notification.toolkit.fluxcd.io')
    return 'notifications are no part of a tree: keep it on the cluster, and name the new Kustomizations in it';
  if (group === 'fluxcd.controlplane.io') return 'it makes objects on the cluster, which cannot be seen from here';
  if (group === 'source.toolkit.fluxcd.io' && (kind === 'HelmRepository' || kind === 'OCIRepository' || kind === 'GitRepository'))
    return undefined;
  if (kind === 'Kustomization' || kind === 'HelmRelease') return undefined;
  return 'nothing here is like it';
}
