import type { ProviderCluster } from '../../model/provider.ts';
import { listedIn } from './heads.ts';
import { COMPONENTS, INSTANCE, KUSTOMIZATION, SYNC } from './names.ts';

/**
 * Whether the list of what stands in `flux-system/` was lost, so that nothing tells what Flux has applied from there, and the one that would be
 * written might leave out Flux itself. The list is the record: what a person writes into it counts. A folder with nothing else of ours or of
 * Flux's in it is a new cluster's.
 */
export function isListLost(
  { present }: ProviderCluster,
  { form, components }: { readonly form: 'manifests' | 'operator'; readonly components: unknown },
): boolean {
  const list = present.get(KUSTOMIZATION);
  // One that somebody else wrote is left alone; one that was read has been heeded.
  if (list && (!list.isMarked || listedIn(list).size > 0)) return false;
  const isKnown = [SYNC, COMPONENTS, INSTANCE].some((path) => present.has(path)) || [...present.values()].some(({ isMarked }) => isMarked);
  if (!isKnown) return false;
  if (form === 'manifests') return components === 'absent';
  // The way to the operator: these three are deleted together, once the FluxInstance, which stays, has taken Flux over.
  return !present.has(INSTANCE) || present.has(SYNC) || present.has(COMPONENTS);
}
