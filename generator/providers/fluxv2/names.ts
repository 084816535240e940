import type { FluxHome } from '../shared/flux-kustomization.ts';

/** Namespace and name of Flux's own source and root Kustomization, as `flux bootstrap` has them. All references live there too. */
export const FLUX = 'flux-system';

/** The account that Flux's own controller runs under: for what needs the rights of the whole cluster. */
export const CONTROLLER_ACCOUNT = 'kustomize-controller';

/** Flux itself: what `flux install` prints. */
export const COMPONENTS = 'flux-system/gotk-components.yaml';

/** What Flux Operator makes Flux from. */
export const INSTANCE = 'flux-system/flux-instance.yaml';

/** Flux's own source and root Kustomization. */
export const SYNC = 'flux-system/gotk-sync.yaml';

/** The list of what stands beside it. */
export const KUSTOMIZATION = 'flux-system/kustomization.yaml';

/** Everything that Flux reads first is in its own namespace, with the cluster's one source. */
export const HOME: FluxHome = { namespace: FLUX, source: FLUX, account: CONTROLLER_ACCOUNT };

/** A tenant's account lives in flux-system under the name of the tenant's namespace, so that a tenant of these names would get Flux's own accounts. */
export const RESERVED: ReadonlySet<string> = new Set([
  FLUX,
  'default',
  'flux',
  'flux-operator',
  'helm-controller',
  'image-automation-controller',
  'image-reflector-controller',
  'kustomize-controller',
  'notification-controller',
  'source-controller',
  'source-watcher',
]);
