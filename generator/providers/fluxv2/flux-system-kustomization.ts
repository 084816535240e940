import type { Json } from '../../model/json.ts';
import { printYaml } from '../../lib/yaml/print.ts';

/** Flux's multi-tenancy lockdown. A target that matches nothing is no error, so that the patches stand before the components do. Source: fluxcd.io, multi-tenancy. */
export const LOCKDOWN = [
  argument('(kustomize|helm|notification|image-reflector|image-automation)-controller', '--no-cross-namespace-refs=true'),
  argument('kustomize-controller', '--no-remote-bases=true'),
  argument('(kustomize|helm)-controller', '--default-service-account=default'),
  {
    target: { kind: 'Kustomization', name: 'flux-system' },
    patch: '- op: add\n  path: /spec/serviceAccountName\n  value: kustomize-controller\n',
  },
] as const;

function argument(name: string, value: string) {
  return {
    target: { kind: 'Deployment', name },
    patch: `- op: add\n  path: /spec/template/spec/containers/0/args/-\n  value: ${value}\n`,
  } as const;
}

/** Text of `flux-system/kustomization.yaml`. `flux bootstrap` leaves it as it stands, and applies the components through it. */
export function fluxSystemKustomization({ components, lockdown }: { readonly components: boolean; readonly lockdown: boolean }): string {
  const resources = [...(components ? ['gotk-components.yaml'] : []), 'gotk-sync.yaml'];
  return kustomization(resources) + (lockdown ? printYaml({ patches: LOCKDOWN as unknown as Json }) : '');
}

/** Its text where Flux Operator installs Flux, and patches it. */
export function operatorKustomization(): string {
  return kustomization(['flux-instance.yaml']);
}

function kustomization(resources: readonly string[]): string {
  return printYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });
}
