import type { ExternalSecretProperties } from '../model/api.generated.ts';
import type { GitSource } from '../model/sync.ts';

/** Properties of a store's entry that hold credentials for Git, by what they are. */
export type GitCredentials =
  | { readonly kind: 'login'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly bearerToken: string }
  | { readonly kind: 'ssh'; readonly identity: string; readonly knownHosts: string };

type Given = Pick<GitSource, 'url' | 'secretRef'>;

/** The credentials that a sync object's ExternalSecret fetches; a sentence, if they do not fit together or not to the address. */
export function gitCredentials({ url, secretRef }: Given): GitCredentials | string | undefined {
  if (!secretRef?.external) return undefined;
  const isSsh = url.startsWith('ssh://');
  const { properties } = secretRef.external;
  if (!properties)
    return isSsh
      ? { kind: 'ssh', identity: 'identity', knownHosts: 'known_hosts' }
      : { kind: 'login', username: 'username', password: 'password' };
  return chosen(properties, isSsh);
}

function chosen(properties: ExternalSecretProperties, isSsh: boolean): GitCredentials | string {
  const { username, password, bearerToken, identity, knownHosts } = properties;
  const isLogin = username !== undefined || password !== undefined;
  const isKey = identity !== undefined || knownHosts !== undefined;
  if ([isLogin, bearerToken !== undefined, isKey].filter(Boolean).length > 1) return MIXED;
  if (isKey !== isSsh) return isSsh ? OVER_SSH : OVER_HTTPS;
  if (bearerToken !== undefined) return { kind: 'token', bearerToken };
  if (isKey) return identity === undefined || knownHosts === undefined ? HALF_A_KEY : { kind: 'ssh', identity, knownHosts };
  return username === undefined || password === undefined ? HALF_A_LOGIN : { kind: 'login', username, password };
}

const OVER_SSH = 'over SSH they are "identity" and "knownHosts"';
const OVER_HTTPS = 'over HTTPS they are "username" and "password", or "bearerToken"';
const HALF_A_KEY = 'an SSH key needs both "identity" and "knownHosts"';
const HALF_A_LOGIN = 'a login needs both "username" and "password"';
const MIXED = 'they are of one kind: a login, a token or an SSH key';
