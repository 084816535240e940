import type { BootstrapStep } from '../../model/bootstrap.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { secretStep, step, there } from '../shared/bootstrap-step.ts';
import { clusterName, FOLDER } from './names.ts';
import { isKnownToHub, repositorySecret } from './repository-secret.ts';
import { folderOf, type Setting, settingOf } from './setting.ts';

const APPLICATIONS = 'applications.argoproj.io';

/** Argo CD is there already; it is told of the cluster, and of the tree. All of it is done where Argo CD runs. */
export function bootstrapSteps(at: ProviderCluster): readonly BootstrapStep[] {
  const setting = settingOf(at);
  if (!setting) return [];
  const { isTarget, options, namespace } = setting;
  const installed = step({
    title: `Install Argo CD in namespace ${namespace}${onHub(setting)}`,
    makes: [there('customresourcedefinitions.apiextensions.k8s.io', { name: APPLICATIONS }), there('namespaces', { name: namespace })],
    isByHand: true,
    note: 'Espalier neither installs nor upgrades it',
  });
  const isCollected = isTarget && options.form === 'applicationSet';
  const reached = isTarget && !options.clusterSecret ? [secret(setting)] : [];
  return [installed, ...reached, ...login(setting), ...(isCollected ? [] : [root(setting)])];
}

/** A target's steps are done elsewhere, and say so. */
function onHub({ isTarget, hub }: Setting): string {
  return isTarget ? ` on the hub${hub === undefined ? '' : ` ${hub}`}` : '';
}

/** The first Secret cannot come out of the tree that it opens. */
function login(setting: Setting): readonly BootstrapStep[] {
  const { git } = setting;
  if (!git.secretRef || isKnownToHub(setting)) return [];
  return git.secretRef.external ? fetched(setting) : [byHand(setting, git.secretRef.name)];
}

function byHand(setting: Setting, name: string): BootstrapStep {
  const { git, namespace } = setting;
  const keys = git.url.startsWith('ssh:') ? 'sshPrivateKey' : 'username and password, or bearerToken';
  return secretStep(`Make the Secret "${name}" with the repository's credentials in namespace ${namespace}${onHub(setting)}`, {
    namespace,
    name,
    note: `labelled argocd.argoproj.io/secret-type: repository, with the keys type (git), url (${git.url}), and ${keys}; Argo CD finds it by the url`,
  });
}

function fetched(setting: Setting): readonly BootstrapStep[] {
  const files = Object.entries(repositorySecret(setting)).map(([name, object]) => ({ path: `${FOLDER}${name}`, object }));
  const { namespace } = setting;
  return files.slice(0, 1).map(({ path, object: { metadata } }) =>
    secretStep(`Make the Secret "${metadata.name}" with the repository's credentials in namespace ${namespace}${onHub(setting)}`, {
      namespace,
      name: metadata.name,
      command: ['kubectl', 'apply', '--server-side', ...files.flatMap((file) => ['--filename', file.path])],
      reads: [path],
      note: 'once External Secrets is installed',
    }),
  );
}

function secret(setting: Setting): BootstrapStep {
  const { destination, cluster } = setting;
  const name = 'name' in destination ? destination.name : cluster.slug;
  return step({
    title: `Tell Argo CD${onHub(setting)} how to reach the cluster, under the name "${name}"`,
    command: ['argocd', 'cluster', 'add', `<context of ${cluster.id}>`, '--name', name],
    isByHand: true,
    note: 'it stores a credential of the cluster in a Secret of the hub',
  });
}

function root(setting: Setting): BootstrapStep {
  const { cluster, namespace, source } = setting;
  const fields = {
    'spec.source.repoURL': source.repoURL,
    'spec.source.targetRevision': source.targetRevision,
    'spec.source.path': folderOf(setting),
  };
  return step({
    title: `Have Argo CD${onHub(setting)} follow the tree`,
    command: ['kubectl', 'apply', '--server-side', '--filename', `${FOLDER}root.yaml`],
    reads: [`${FOLDER}root.yaml`],
    makes: [{ resource: APPLICATIONS, namespace, name: clusterName('espalier', cluster), fields }],
  });
}
