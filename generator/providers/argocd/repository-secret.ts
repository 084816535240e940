import { type GitCredentials, gitCredentials } from '../../lib/git-credentials.ts';
import type { ExternalSecret } from '../../model/api.generated.ts';
import type { KubeObject } from '../../model/kube.ts';
import { externalSecret, secretStore, storeOf } from '../shared/external-secret.ts';
import { clusterName, MANAGED, SYNC_WAVE } from './names.ts';
import type { Setting } from './setting.ts';

/**
 * What makes the Secret through which Argo CD signs in to the repository, where Argo CD runs. A hub finds it by the address, so that targets bring one where
 * their repository is not the hub's, under names of their own. Never pruned, last of all, and without a trial where External Secrets is missing, so that it stops
 * nothing else. Source of the keys: Argo CD, docs/operator-manual/declarative-setup.md.
 */
export function repositorySecret(setting: Setting): Readonly<Record<string, KubeObject>> {
  const { git, namespace } = setting;
  const credentials = gitCredentials(git);
  if (isKnownToHub(setting) || !git.secretRef?.external || typeof credentials !== 'object') return {};
  const { name, external } = ownNames(setting, { name: git.secretRef.name, external: git.secretRef.external });
  const metadata = { labels: MANAGED, annotations: { [SYNC_WAVE]: LAST, [OPTIONS]: KEPT_IF_KNOWN } };
  const store = secretStore(external, { namespace, metadata });
  const { data, template } = argoKeys(credentials);
  const secret = externalSecret({
    name,
    namespace,
    metadata,
    store: storeOf(external),
    key: external.key,
    data,
    template: {
      metadata: { labels: { ...MANAGED, 'argocd.argoproj.io/secret-type': 'repository' } },
      data: { type: 'git', url: git.url, ...template },
    },
    creationPolicy: 'Orphan',
  });
  return { 'repository-secret.yaml': secret, ...(store && { 'repository-store.yaml': store }) };
}

/** A target's repository is the hub's own, as far as is known, which the hub can read already. */
export function isKnownToHub({ isTarget, git, hubsRepository }: Setting): boolean {
  return isTarget && (hubsRepository === undefined || hubsRepository === git.url);
}

interface Login {
  readonly name: string;
  readonly external: ExternalSecret;
}

/** Two Applications of a hub must not apply one object: each target has its own, and its own store where the tree brings one. */
function ownNames({ cluster, isTarget }: Setting, { name, external }: Login): Login {
  if (!isTarget) return { name, external };
  const secretStore = external.provider ? clusterName(external.secretStore, cluster) : external.secretStore;
  return { name: clusterName('repository', cluster), external: { ...external, secretStore } };
}

const OPTIONS = 'argocd.argoproj.io/sync-options';
const KEPT_IF_KNOWN = 'Delete=false,Prune=false,SkipDryRunOnMissingResource=true';
/** Behind the Applications of any order. */
const LAST = '1000000';

interface Keys {
  readonly data: Readonly<Record<string, string>>;
  readonly template: Readonly<Record<string, string>>;
}

/** Keys of hosts are in a ConfigMap of Argo CD's, for all repositories. */
function argoKeys(credentials: GitCredentials): Keys {
  switch (credentials.kind) {
    case 'login': {
      const { username, password } = credentials;
      return { data: { username, password }, template: { username: '{{ .username }}', password: '{{ .password }}' } };
    }
    case 'token':
      return { data: { bearerToken: credentials.bearerToken }, template: { bearerToken: '{{ .bearerToken }}' } };
    case 'ssh':
      return { data: { sshPrivateKey: credentials.identity }, template: { sshPrivateKey: '{{ .sshPrivateKey }}' } };
    default:
      return credentials satisfies never;
  }
}
