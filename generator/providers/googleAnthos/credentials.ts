import { canonical } from '../../lib/canonical.ts';
import { type GitCredentials, gitCredentials } from '../../lib/git-credentials.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { ExternalSecret } from '../../model/api.generated.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { clusterFile } from '../shared/cluster-files.ts';
import { externalSecret, secretStore, storeOf } from '../shared/external-secret.ts';
import { CREDENTIALS, DETACHED, FLEET_SECRET, MANAGED, NAMESPACE } from './names.ts';
import { needsSecret, type Setting } from './setting.ts';

/** The setting of the RootSync, whose Secret the fleet gives a name of its own. */
export function ofRoot(setting: Setting): Setting {
  const { git } = setting;
  return git.secretRef?.external ? { ...setting, git: { ...git, secretRef: { ...git.secretRef, name: FLEET_SECRET } } } : setting;
}

/**
 * What makes the Secret of the RootSync, and the store where it is asked for and is the cluster's. They stay when they leave the tree: a RootSync without
 * credentials never learns better.
 */
export function rootCredentials(setting: Setting): readonly GeneratedFile[] {
  const { id } = setting.cluster;
  const objects = credentialObjects(ofRoot(setting), { namespace: NAMESPACE, metadata: { labels: MANAGED, annotations: DETACHED } });
  return objects.map(({ name, object }) => clusterFile(id, `${CREDENTIALS}${name}`, printYaml(canonical(object))));
}

/** The same for a logical cloud's RepoSync, in the cloud's namespace. The Secret stays when the ExternalSecret goes. */
export function cloudCredentials(setting: Setting, namespace: string): readonly CredentialObject[] {
  return credentialObjects(setting, { namespace, metadata: { labels: MANAGED } }).filter(
    ({ object }) => object.kind !== 'ClusterSecretStore',
  );
}

export interface CredentialObject {
  /** Of its file. */
  readonly name: 'external-secret.yaml' | 'secret-store.yaml';
  readonly object: KubeObject;
}

interface Place {
  readonly namespace: string;
  readonly metadata: JsonObject;
}

function credentialObjects({ auth, git }: Setting, { namespace, metadata }: Place): readonly CredentialObject[] {
  const { secretRef } = git;
  const keys = keysOf(gitCredentials(git));
  if (!secretRef?.external || !needsSecret(auth) || !keys) return [];
  const external: ExternalSecret = secretRef.external;
  const store = secretStore(external, { namespace, metadata });
  const secret = externalSecret({
    name: secretRef.name,
    namespace,
    metadata,
    store: storeOf(external),
    key: external.key,
    data: keys,
    creationPolicy: 'Orphan',
  });
  return [{ name: 'external-secret.yaml', object: secret }, ...(store ? [{ name: 'secret-store.yaml', object: store } as const] : [])];
}

/** Source: kpt-config-sync, pkg/reconcilermanager/controllers/constants.go. */
function keysOf(credentials: ReturnType<typeof gitCredentials>): Readonly<Record<string, string>> | undefined {
  if (typeof credentials !== 'object') return undefined;
  switch (credentials.kind) {
    case 'login':
      return { username: credentials.username, token: credentials.password };
    case 'ssh':
      return { ssh: credentials.identity, known_hosts: credentials.knownHosts };
    case 'token':
      return undefined;
    default:
      return credentials satisfies never;
  }
}

/** Why no ExternalSecret makes what Config Sync signs in with; `undefined`: one does, or none is asked for. */
export function unfitFor({ auth, git }: Setting): string | undefined {
  if (!git.secretRef?.external || !needsSecret(auth)) return undefined;
  if (auth === 'cookiefile')
    return 'Config Sync is told to sign in with a cookie file (auth: cookiefile), of which no ExternalSecret is written';
  const credentials: GitCredentials | string | undefined = gitCredentials(git);
  return typeof credentials === 'object' && credentials.kind === 'token'
    ? 'Config Sync wants a "username" and a "password", no "bearerToken"'
    : undefined;
}
