/** Flux's multi-tenancy lockdown. A target that matches nothing is no error, so that the patches stand before the components do. Source: fluxcd.io, multi-tenancy. */
const LOCKDOWN = `patches:
- target:
    kind: Deployment
    name: (kustomize|helm|notification|image-reflector|image-automation)-controller
  patch: |
    - op: add
      path: /spec/template/spec/containers/0/args/-
      value: --no-cross-namespace-refs=true
- target:
    kind: Deployment
    name: kustomize-controller
  patch: |
    - op: add
      path: /spec/template/spec/containers/0/args/-
      value: --no-remote-bases=true
- target:
    kind: Deployment
    name: (kustomize|helm)-controller
  patch: |
    - op: add
      path: /spec/template/spec/containers/0/args/-
      value: --default-service-account=default
- target:
    kind: Kustomization
    name: flux-system
  patch: |
    - op: add
      path: /spec/serviceAccountName
      value: kustomize-controller
`;

/** Text of `flux-system/kustomization.yaml`. `flux bootstrap` leaves it as it stands, and applies the components through it. */
export function fluxSystemKustomization({ components, lockdown }: { readonly components: boolean; readonly lockdown: boolean }): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${components ? '- gotk-components.yaml\n' : ''}- gotk-sync.yaml
${lockdown ? LOCKDOWN : ''}`;
}
