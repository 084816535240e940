import { expect, test } from 'vitest';
import type { ExternalSecretProperties } from '../model/api.generated.ts';
import { gitCredentials } from './git-credentials.ts';

function credentials(url: string, properties?: ExternalSecretProperties): ReturnType<typeof gitCredentials> {
  const external = { secretStore: 'vault', key: 'fleet/git', ...(properties && { properties }) };
  return gitCredentials({ url, secretRef: { name: 'flux-system', external } });
}

test('gitCredentials() follows the address', () => {
  expect(credentials('https://git.example.net/fleet')).toEqual({ kind: 'login', username: 'username', password: 'password' });
  expect(credentials('ssh://git@git.example.net/fleet')).toEqual({ kind: 'ssh', identity: 'identity', knownHosts: 'known_hosts' });
  expect(credentials('https://git.example.net/fleet', { bearerToken: 't' })).toEqual({ kind: 'token', bearerToken: 't' });
  expect(gitCredentials({ url: 'https://git.example.net/fleet', secretRef: { name: 'flux-system' } })).toBeUndefined();
});

test.each<[string, ExternalSecretProperties]>([
  ['https://git.example.net/fleet', { username: 'u' }],
  ['https://git.example.net/fleet', { password: 'p' }],
  ['https://git.example.net/fleet', { identity: 'i', knownHosts: 'k' }],
  ['https://git.example.net/fleet', { username: 'u', password: 'p', bearerToken: 't' }],
  ['ssh://git@git.example.net/fleet', { username: 'u', password: 'p' }],
  ['ssh://git@git.example.net/fleet', { bearerToken: 't' }],
  ['ssh://git@git.example.net/fleet', { identity: 'i' }],
  ['ssh://git@git.example.net/fleet', { identity: 'i', knownHosts: 'k', password: 'p' }],
])('gitCredentials() refuses %s with %j', (url, properties) => {
  expect(credentials(url, properties)).toEqual(expect.any(String));
});
