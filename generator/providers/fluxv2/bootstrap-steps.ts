import type { BootstrapStep, ExpectedObject } from '../../model/bootstrap.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import type { GitSource } from '../../model/sync.ts';
import { step, there } from '../shared/bootstrap-step.ts';
import { fluxLoginSteps, tenantLoginSteps } from '../shared/flux-login-steps.ts';
import { agentOf } from './agent.ts';
import { installationOf } from './installation.ts';
import { COMPONENTS, CONTROLLER_ACCOUNT, FLUX, INSTANCE, KUSTOMIZATION, SYNC } from './names.ts';

const CRDS = ['gitrepositories.source.toolkit.fluxcd.io', 'kustomizations.kustomize.toolkit.fluxcd.io'] as const;

const OPERATED = 'fluxinstances.fluxcd.controlplane.io';

/** How Flux gets onto a cluster: from the tree, by its operator, or by Flux's own program; where somebody else keeps it, it is there. */
export function bootstrapSteps(at: ProviderCluster): readonly BootstrapStep[] {
  if (!at.sync) return [];
  const { resource: source } = at.sync;
  const path = `clusters/${at.cluster.id}`;
  const { form, components } = installationOf(at);
  const { install, version } = agentOf(at.cluster);
  const [login, tenants] = [fluxLoginSteps(source, FLUX), tenantLoginSteps(at, source)];
  if (form === 'operator') return [install === 'none' ? kept([OPERATED]) : operator(), ...login, instance(source, path), ...tenants];
  if (install === 'none') {
    const reads = [KUSTOMIZATION, SYNC, ...(components === 'absent' ? [] : [COMPONENTS])];
    return [kept(CRDS), ...login, takeUp(source, { path, reads }), ...tenants];
  }
  if (components === 'absent') return [byFlux(source, { path, version }), ...tenants];
  return [...installation(), ...login, sync(source, path), ...tenants];
}

function kept(kinds: readonly string[]): BootstrapStep {
  return step({
    title: 'See that Flux is there: it is kept by somebody else (install: none)',
    makes: kinds.map((name) => there('customresourcedefinitions.apiextensions.k8s.io', { name })),
    isByHand: true,
    note: 'nothing of it is installed from here',
  });
}

/** What is there was applied by others, perhaps, who set fields that a server-side apply would stop at. */
function takeUp(source: GitSource, { path, reads }: { readonly path: string; readonly reads: readonly string[] }): BootstrapStep {
  return step({
    title: 'Have Flux follow the tree',
    command: ['kubectl', 'apply', '-k', 'flux-system'],
    reads,
    makes: followed(source, path),
    note: `that is ${path}/flux-system. Where Flux follows another tree, take that one's root off first: suspend its Kustomizations with prune: false, the root first, then delete them (docs/import.md, docs/handover.md); else the root is turned to this tree, and deletes what it has applied`,
  });
}

function installation(): readonly BootstrapStep[] {
  const makes = [
    there('serviceaccounts', { namespace: FLUX, name: CONTROLLER_ACCOUNT }),
    ...CRDS.map((name) => there('customresourcedefinitions.apiextensions.k8s.io', { name })),
  ];
  return [
    step({
      title: 'Install Flux, as the tree has it',
      command: ['kubectl', 'apply', '--server-side', '--filename', COMPONENTS],
      reads: [COMPONENTS],
      makes,
    }),
    step({
      title: 'Wait until the cluster knows the kinds of Flux',
      command: [
        'kubectl',
        'wait',
        '--for=condition=Established',
        '--timeout=60s',
        ...CRDS.map((name) => `customresourcedefinition/${name}`),
      ],
      makes,
    }),
  ];
}

function sync(source: GitSource, path: string): BootstrapStep {
  return step({
    title: 'Have Flux follow the tree',
    command: ['kubectl', 'apply', '--server-side', '--kustomize', 'flux-system'],
    reads: [KUSTOMIZATION, SYNC, COMPONENTS],
    makes: followed(source, path),
  });
}

/** Flux's own source and root, which belong to one tree only. */
function followed({ url, branch }: GitSource, path: string): readonly ExpectedObject[] {
  return [
    { resource: CRDS[0], namespace: FLUX, name: FLUX, fields: { 'spec.url': url, 'spec.ref.branch': branch } },
    { resource: CRDS[1], namespace: FLUX, name: FLUX, fields: { 'spec.path': `./${path}` } },
  ];
}

function byFlux(source: GitSource, { path, version }: { readonly path: string; readonly version: string }): BootstrapStep {
  const { url, branch } = source;
  return step({
    title: 'Install Flux with its own program: its manifests are not in the tree',
    command: ['flux', 'bootstrap', 'git', `--url=${url}`, `--branch=${branch}`, `--path=${path}`],
    folder: 'repository',
    makes: followed(source, path),
    isByHand: true,
    note: `it asks for the credentials, and commits; then git pull and espalier generate. Or vendor the manifests first: espalier flux vendor --version ${version.split('.').length === 2 ? `<${version}.0 or later>` : version}. Where Flux follows another tree already, do not: say install: none`,
  });
}

function operator(): BootstrapStep {
  return step({
    title: `Install Flux Operator in namespace ${FLUX}`,
    command: [
      'helm',
      'install',
      'flux-operator',
      'oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator',
      '--namespace',
      FLUX,
      '--create-namespace',
    ],
    makes: [there('customresourcedefinitions.apiextensions.k8s.io', { name: OPERATED })],
    isByHand: true,
  });
}

function instance({ url }: GitSource, path: string): BootstrapStep {
  return step({
    title: 'Have the operator install Flux, and Flux follow the tree',
    command: ['kubectl', 'apply', '--server-side', '--kustomize', 'flux-system'],
    reads: [KUSTOMIZATION, INSTANCE],
    makes: [
      {
        resource: OPERATED,
        namespace: FLUX,
        name: 'flux',
        fields: { 'spec.sync.url': url, 'spec.sync.path': path },
      },
    ],
  });
}
