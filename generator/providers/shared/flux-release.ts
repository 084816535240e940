import { isSameJson } from '../../lib/reference-object.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';

/** What Flux does with the objects of a Kustomization that is deleted. Source: kustomize-controller, docs/spec/v1/kustomizations.md, deletion policy. */
export function fluxLeavesObjects(reference: JsonObject): boolean {
  const { spec } = reference;
  if (!isKustomization(reference) || !isJsonObject(spec)) return false;
  const { deletionPolicy = 'MirrorPrune', prune } = spec;
  return deletionPolicy === 'Orphan' || (deletionPolicy === 'MirrorPrune' && prune === false);
}

/**
 * A Kustomization that prunes nothing: unless its deletion policy says otherwise, that holds when it is deleted too, and every version of Flux
 * knows the field. `Orphan` alone would still let it delete what left its folder.
 */
export function fluxRelease(reference: JsonObject): JsonObject | undefined {
  const { spec } = reference;
  if (!isKustomization(reference) || !isJsonObject(spec)) return undefined;
  const isDecided = spec['deletionPolicy'] !== undefined && spec['deletionPolicy'] !== 'MirrorPrune';
  const released = { ...reference, spec: { ...spec, ...(isDecided && { deletionPolicy: 'Orphan' }), prune: false } };
  return isSameJson(released, reference) ? reference : released;
}

function isKustomization({ apiVersion, kind }: JsonObject): boolean {
  return kind === 'Kustomization' && typeof apiVersion === 'string' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}
