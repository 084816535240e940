import { blobOid } from '../lib/hash.ts';
import type { CommittedFile } from '../model/file.ts';

/** What is done about a file without our marker that stands where one of ours belongs: taken over, left alone with a warning, or an error. */
export type Adoption = 'adopt' | 'leave' | 'refuse';

/** The kustomization that `flux bootstrap` writes, if there is none. Source: flux2 v2.9.4, pkg/manifestgen/kustomization. */
const FLUX_DEFAULT = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- gotk-components.yaml
- gotk-sync.yaml
`;

const FLUX_DEFAULT_OID = blobOid(new TextEncoder().encode(FLUX_DEFAULT));

/**
 * `gotk-sync.yaml` never carries our marker, because it equals what Flux writes. Flux's `gotk-components.yaml` is wanted only where somebody
 * asked for it in place of what is there; the kustomization is taken over as long as nobody edited it.
 */
export function adoptionOf({ path, oid }: CommittedFile): Adoption {
  const [, file] = /^clusters\/[^/]+\/flux-system\/([^/]+)$/.exec(path) ?? [];
  if (file === 'gotk-sync.yaml' || file === 'gotk-components.yaml') return 'adopt';
  if (file !== 'kustomization.yaml') return 'refuse';
  return oid === FLUX_DEFAULT_OID ? 'adopt' : 'leave';
}
