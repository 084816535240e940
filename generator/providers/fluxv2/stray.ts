import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { textOid } from '../../lib/hash.ts';
import type { CommittedFile } from '../../model/file.ts';
import type { Stray } from '../../model/provider.ts';
import { fluxStray } from '../shared/flux-stray.ts';
import { COMPONENTS, KUSTOMIZATION, SYNC } from './names.ts';

/** The kustomization that `flux bootstrap` writes, if there is none. Source: flux2 v2.9.4, pkg/manifestgen/kustomization. */
const FLUX_DEFAULT = textOid(`apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- gotk-components.yaml
- gotk-sync.yaml
`);

/**
 * `gotk-sync.yaml` never carries our marker, because it equals what Flux writes. Flux's `gotk-components.yaml` is wanted only where somebody
 * asked for it in place of what is there; the kustomization is taken over as long as nobody edited it.
 */
export function stray(path: string, { path: file, oid }: CommittedFile): Stray | undefined {
  if (path === SYNC || path === COMPONENTS) return { is: 'replaceable' };
  if (path !== KUSTOMIZATION) return fluxStray(path);
  if (oid === FLUX_DEFAULT) return { is: 'replaceable' };
  const source = { file, line: 1, column: 1, length: 1 };
  return { is: 'left', finding: diagnose('own-flux-kustomization', { path: file }, { source, reach: RUN }) };
}
