import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';

/** Where an agent's Flux keeps what it reads first. Everything is in one namespace, because no reference may cross namespaces. */
export interface FluxHome {
  readonly namespace: string;
  /** Name of the cluster's one GitRepository, in that namespace. */
  readonly source: string;
  /** The account, in that namespace, with the rights of the whole cluster. */
  readonly account: string;
}

export interface KustomizationParts {
  readonly home: FluxHome;
  readonly metadata?: JsonObject;
  readonly spec: JsonObject;
  /** Whether what is no longer in the folder is deleted. Default: it is. */
  readonly prune?: boolean;
}

/** A Flux Kustomization over a folder of the cluster's one source. */
export function fluxKustomization(name: string, { home, metadata = {}, spec, prune = true }: KustomizationParts): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: home.namespace, ...metadata },
    spec: { ...spec, prune, sourceRef: { kind: 'GitRepository', name: home.source } },
  };
}

/** What Flux annotates to keep an object when its Kustomization goes. */
export const NEVER_PRUNE = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } as const;
