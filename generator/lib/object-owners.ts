import type { Json, JsonObject } from '../model/json.ts';
import type { ProviderType } from '../model/provider.ts';
import { member } from './reference-object.ts';

/** Somebody who looks after an object, as the object says. */
export interface ObjectOwner {
  readonly kind: 'flux' | 'argocd' | 'helm';
  /** Agents of which one has to be there for it to act. None: it needs no agent. */
  readonly agents: readonly ProviderType[];
  /** Such as `Kustomization flux-system/apps`. */
  readonly title: string;
  readonly name: string;
  /** As `objectKey()` has it; nothing for a release of Helm's, which is no object. */
  readonly key: string;
}

/**
 * Who applied an object, by the marks that agents leave on it. Sources: fluxcd.io, Kustomization and HelmRelease, owner labels; argo-cd,
 * docs/user-guide/resource_tracking.md; helm.sh, labels and annotations.
 */
export function objectOwners({ metadata }: JsonObject): readonly ObjectOwner[] {
  const label = (key: string): string | undefined => textOf(member(member(metadata, 'labels'), key));
  const annotation = (key: string): string | undefined => textOf(member(member(metadata, 'annotations'), key));
  const owners: ObjectOwner[] = [];
  for (const [group, kind] of FLUX) {
    const name = label(`${group}/name`);
    const namespace = label(`${group}/namespace`) ?? '';
    if (name !== undefined)
      owners.push({
        kind: 'flux',
        agents: ['azureArc', 'fluxv2'],
        name,
        title: `${kind} ${namespace}/${name}`,
        key: JSON.stringify([group, kind, namespace, name]),
      });
  }
  const [, scope = 'argocd', application] = /^(?:([^_:]+)_)?([^:]+):/.exec(annotation('argocd.argoproj.io/tracking-id') ?? '') ?? [];
  if (application !== undefined)
    owners.push({
      kind: 'argocd',
      agents: ['argocd'],
      name: application,
      title: `Application ${scope}/${application}`,
      key: JSON.stringify(['argoproj.io', 'Application', scope, application]),
    });
  const release = annotation('meta.helm.sh/release-name');
  // Flux's releases carry Helm's annotations too.
  if (release !== undefined && owners.length === 0)
    owners.push({
      kind: 'helm',
      agents: [],
      name: release,
      title: `Helm's release ${annotation('meta.helm.sh/release-namespace') ?? ''}/${release}`,
      key: '',
    });
  return owners;
}

const FLUX = [
  ['kustomize.toolkit.fluxcd.io', 'Kustomization'],
  ['helm.toolkit.fluxcd.io', 'HelmRelease'],
] as const;

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
