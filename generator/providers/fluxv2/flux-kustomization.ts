import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { FLUX, SOURCE_REF } from './names.ts';

/** A Flux Kustomization in flux-system over a folder of the cluster's one source. */
export function fluxKustomization(name: string, metadata: JsonObject, spec: JsonObject): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: FLUX, ...metadata },
    spec: { ...spec, prune: true, sourceRef: SOURCE_REF },
  };
}
