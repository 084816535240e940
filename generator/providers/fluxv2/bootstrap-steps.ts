import type { BootstrapStep, ExpectedObject } from '../../model/bootstrap.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import type { GitSource } from '../../model/sync.ts';
import { secretStep, step, there } from '../shared/bootstrap-step.ts';
import { installationOf } from './installation.ts';
import { COMPONENTS, CONTROLLER_ACCOUNT, FLUX, INSTANCE, KUSTOMIZATION, SYNC } from './names.ts';

const CRDS = ['gitrepositories.source.toolkit.fluxcd.io', 'kustomizations.kustomize.toolkit.fluxcd.io'] as const;

/** How Flux gets onto a cluster: from the tree, by its operator, or by Flux's own program. */
export function bootstrapSteps(at: ProviderCluster): readonly BootstrapStep[] {
  if (!at.sync) return [];
  const { resource: source } = at.sync;
  const path = `clusters/${at.cluster.id}`;
  const { form, components } = installationOf(at);
  const login = source.secretRef ? [loginStep(source, source.secretRef.name)] : [];
  if (form === 'operator') return [operator(), ...login, instance(source, path)];
  if (components === 'absent') return [byFlux(source, path)];
  return [...installation(), ...login, sync(source, path)];
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

function loginStep({ url }: GitSource, name: string): BootstrapStep {
  const note = url.startsWith('ssh:') ? 'with the keys identity and known_hosts' : 'with the keys username and password, or bearerToken';
  return secretStep(`Make the Secret "${name}" with the repository's credentials in namespace ${FLUX}`, { namespace: FLUX, name, note });
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

function byFlux(source: GitSource, path: string): BootstrapStep {
  const { url, branch } = source;
  return step({
    title: 'Install Flux with its own program: its manifests are not in the tree',
    command: ['flux', 'bootstrap', 'git', `--url=${url}`, `--branch=${branch}`, `--path=${path}`],
    folder: 'repository',
    makes: followed(source, path),
    isByHand: true,
    note: 'it asks for the credentials, and commits; then git pull and espalier generate. Or vendor the manifests first: espalier flux vendor',
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
    makes: [there('customresourcedefinitions.apiextensions.k8s.io', { name: 'fluxinstances.fluxcd.controlplane.io' })],
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
        resource: 'fluxinstances.fluxcd.controlplane.io',
        namespace: FLUX,
        name: 'flux',
        fields: { 'spec.sync.url': url, 'spec.sync.path': path },
      },
    ],
  });
}
