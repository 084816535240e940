import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { fluxKustomization as kustomizationIn } from '../shared/flux-kustomization.ts';
import { HOME } from './names.ts';

/** A Flux Kustomization in flux-system over a folder of the cluster's one source. */
export function fluxKustomization(name: string, metadata: JsonObject, spec: JsonObject): KubeObject {
  return kustomizationIn(name, { home: HOME, metadata, spec });
}
