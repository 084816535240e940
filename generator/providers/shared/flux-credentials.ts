import { canonical } from '../../lib/canonical.ts';
import { goDuration } from '../../lib/go-duration.ts';
import { type GitCredentials, gitCredentials } from '../../lib/git-credentials.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { GitSource } from '../../model/sync.ts';
import { clusterFile } from './cluster-files.ts';
import { externalSecret, type ExternalSecretParts, secretStore, storeOf } from './external-secret.ts';
import { type FluxHome, fluxKustomization, NEVER_PRUNE } from './flux-kustomization.ts';

/** What makes the Secret with which Flux signs in to its repository. */
export const CREDENTIALS = 'credentials/';

/**
 * The ExternalSecret of the source's credentials, the store where it is asked for, and a Kustomization of their own: it prunes nothing, because Flux without
 * credentials never learns better; and where External Secrets is missing it fails alone. Source of the keys: source-controller, docs/spec/v1/gitrepositories.md.
 */
export function fluxCredentials({ id, value }: KnownCluster, git: GitSource, home: FluxHome): readonly GeneratedFile[] {
  const { namespace } = home;
  const metadata = { labels: { 'app.kubernetes.io/managed-by': 'espalier' }, annotations: NEVER_PRUNE };
  const objects = credentialObjects(git, { namespace, metadata, creationPolicy: 'Orphan' });
  if (objects.length === 0) return [];
  const { interval = '10m', retryInterval = '1m' } = value.spec.delivery ?? {};
  const kustomization = fluxKustomization('credentials', {
    home,
    metadata: { labels: metadata.labels },
    spec: {
      interval: goDuration(interval),
      retryInterval: goDuration(retryInterval),
      path: `./clusters/${id}/${CREDENTIALS.slice(0, -1)}`,
      serviceAccountName: home.account,
    },
    prune: false,
  });
  return [
    ...objects.map(({ file, object }) => clusterFile(id, `${CREDENTIALS}${file}`, printYaml(canonical(object)))),
    clusterFile(id, `${CREDENTIALS}README.md`, readme(id, { name: git.secretRef?.name ?? '', namespace, hasStore: objects.length > 1 })),
    clusterFile(id, 'references/credentials-kcust.yaml', printYaml(canonical(kustomization))),
  ];
}

/**
 * What makes the same Secret for a tenant's own source. A store of the whole cluster is brought for the agent already. The Secret goes with its
 * ExternalSecret: a tenant's source that lost its credentials is helped by the next commit.
 */
export function tenantCredentials(git: GitSource, place: Pick<SecretPlace, 'namespace' | 'metadata'>): readonly CredentialObject[] {
  return credentialObjects(git, { ...place, creationPolicy: 'Owner' }).filter(({ object }) => object.kind !== 'ClusterSecretStore');
}

/** Files of the tree that make the agent's Secret, a store first; none where somebody makes it by hand. */
export function credentialFiles(git: GitSource, namespace: string): readonly string[] {
  const objects = credentialObjects(git, { namespace, metadata: {}, creationPolicy: 'Orphan' });
  return objects.map(({ file }) => `${CREDENTIALS}${file}`).toReversed();
}

export interface CredentialObject {
  readonly file: 'external-secret.yaml' | 'secret-store.yaml';
  readonly object: KubeObject;
}

type SecretPlace = Pick<ExternalSecretParts, 'namespace' | 'metadata' | 'creationPolicy'>;

/** The ExternalSecret of the source's credentials and, where it is asked for, its store; none where somebody else makes the Secret. */
function credentialObjects(git: GitSource, place: SecretPlace): readonly CredentialObject[] {
  const { secretRef } = git;
  const credentials = gitCredentials(git);
  if (!secretRef?.external || typeof credentials !== 'object') return [];
  const { external, name } = secretRef;
  const secret = externalSecret({ ...place, name, store: storeOf(external), key: external.key, data: fluxKeys(credentials) });
  const store = secretStore(external, place);
  return [{ file: 'external-secret.yaml', object: secret }, ...(store ? [{ file: 'secret-store.yaml', object: store } as const] : [])];
}

function fluxKeys(credentials: GitCredentials): Readonly<Record<string, string>> {
  switch (credentials.kind) {
    case 'login':
      return { username: credentials.username, password: credentials.password };
    case 'token':
      return { bearerToken: credentials.bearerToken };
    case 'ssh':
      return { identity: credentials.identity, known_hosts: credentials.knownHosts };
    default:
      return credentials satisfies never;
  }
}

interface Asked {
  readonly name: string;
  readonly namespace: string;
  readonly hasStore: boolean;
}

function readme(cluster: string, { name, namespace, hasStore }: Asked): string {
  const files = [...(hasStore ? ['secret-store.yaml'] : []), 'external-secret.yaml'];
  return `
What makes the Secret \`${name}\` in namespace \`${namespace}\`, with which Flux on cluster \`${cluster}\` signs in to its repository.

Flux cannot pull these files before it has the Secret. So on a new cluster, once External Secrets is installed${hasStore ? '' : ' and the store is there'}, and before Flux begins, from this folder:

\`\`\`sh
kubectl create namespace ${namespace}
kubectl apply ${files.map((file) => `-f ${file}`).join(' ')}
\`\`\`

A Secret of that name that somebody made by hand does as well: External Secrets takes it over. Nothing here is ever pruned: to be rid of it, delete the ExternalSecret on the cluster by hand; the Secret stays.
`;
}
