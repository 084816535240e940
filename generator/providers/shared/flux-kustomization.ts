import { goDuration } from '../../lib/go-duration.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeMetadata, KubeObject } from '../../model/kube.ts';
import type { GitSource } from '../../model/sync.ts';

/** Where a reference is, and what it pulls from there: no reference may cross namespaces. */
export interface FluxPlace {
  readonly namespace: string;
  /** Name of the GitRepository, in that namespace. */
  readonly source: string;
}

/** Where an agent's Flux keeps what it reads first, with the source that the cluster has but for tenants' own. */
export interface FluxHome extends FluxPlace {
  /** The account, in that namespace, with the rights of the whole cluster. */
  readonly account: string;
}

export interface KustomizationParts {
  readonly home: FluxPlace;
  readonly metadata?: JsonObject;
  readonly spec: JsonObject;
  /** Whether what is no longer in the folder is deleted. Default: it is. */
  readonly prune?: boolean;
}

/** A Flux Kustomization over a folder of the source that is beside it. */
export function fluxKustomization(name: string, { home, metadata = {}, spec, prune = true }: KustomizationParts): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: home.namespace, ...metadata },
    spec: { ...spec, prune, sourceRef: { kind: 'GitRepository', name: home.source } },
  };
}

/** The source itself. */
export function fluxGitRepository(metadata: KubeMetadata, { url, branch, interval, secretRef }: GitSource): KubeObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata,
    spec: { interval: goDuration(interval), ref: { branch }, ...(secretRef && { secretRef: { name: secretRef.name } }), url },
  };
}

/** What Flux annotates to keep an object when its Kustomization goes. */
export const NEVER_PRUNE = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } as const;
