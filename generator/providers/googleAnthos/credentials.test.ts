import { describe, expect, test } from 'vitest';
import { objectIn } from '../../../test/support/argocd.ts';
import { hasSchemas, schemaFaults } from '../../../test/support/crd-schemas.ts';
import { googleSyncs, lay, makeGoogleCluster } from '../../../test/support/google.ts';
import { makeCloud } from '../../../test/support/intents.ts';
import { valueAt } from '../../lib/json-path.ts';
import { referenceObject } from '../../lib/reference-object.ts';
import { googleAnthos } from './google-anthos.ts';

const CLOUD = '2698366390668718506';
const TREE = 'clusters/provider1+edge1';
const DELETION = 'client.lifecycle.config.k8s.io/deletion';
const edge = makeGoogleCluster('provider1+edge1');

describe('External Secrets', () => {
  const repository = (git: object) =>
    lay({
      clusters: [edge],
      sync: googleSyncs({}, { url: 'https://git.example.net/fleet', ...git }),
      cloud: makeCloud(),
    });
  const external = { secretStore: 'vault', key: 'fleet/git' };
  const ROOT_SECRET = `${TREE}/cluster/credentials/external-secret.yaml`;
  const CLOUD_SECRET = `${TREE}/cluster/references/${CLOUD}-logical-cloud.external-secret.yaml`;
  const facts = (files: ReadonlyMap<string, string>, path: string) => {
    const object = objectIn(files, path);
    const at = (...keys: readonly string[]) => valueAt(object, keys);
    return {
      name: at('metadata', 'name'),
      namespace: at('metadata', 'namespace'),
      target: at('spec', 'target', 'name'),
      policy: at('spec', 'target', 'creationPolicy'),
      data: at('spec', 'data'),
    };
  };
  const fetched = (pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).map(([secretKey, property]) => ({ secretKey, remoteRef: { key: 'fleet/git', property } }));

  test.each<readonly [Readonly<{ url?: string; properties?: object }>, Readonly<Record<string, string>>]>([
    [{}, { username: 'username', token: 'password' }],
    [{ properties: { username: 'user', password: 'pass' } }, { username: 'user', token: 'pass' }],
    [{ url: 'ssh://git@git.example.net/fleet' }, { ssh: 'identity', known_hosts: 'known_hosts' }],
  ])(
    'makes the Secrets where the syncs are, under the keys of Config Sync: %j',
    ({ url = 'https://git.example.net/fleet', ...more }, data) => {
      const { files, diagnostics } = repository({ url, secretRef: { name: 'login', external: { ...external, ...more } } });
      expect(diagnostics).toEqual([]);
      const common = { policy: 'Orphan', data: fetched(data) };
      expect(facts(files, ROOT_SECRET)).toEqual({
        ...common,
        name: 'git-creds',
        target: 'git-creds',
        namespace: 'config-management-system',
      });
      expect(facts(files, CLOUD_SECRET)).toEqual({ ...common, name: 'login', target: 'login', namespace: 'retail' });
      expect(valueAt(objectIn(files, ROOT_SECRET), ['metadata', 'annotations', DELETION])).toBe('detach');
      expect(objectIn(files, CLOUD_SECRET)['metadata']).not.toHaveProperty('annotations');
      const secretOf = (path: string) => valueAt(objectIn(files, `${TREE}/${path}`), ['spec', 'git', 'secretRef', 'name']);
      expect(secretOf('google/root-sync.yaml')).toBe('git-creds');
      expect(secretOf(`cluster/references/${CLOUD}-logical-cloud.yaml`)).toBe('login');
      expect(files.get(`${TREE}/google/README.md`)).toContain('--filename ../cluster/credentials');
      if (hasSchemas) for (const path of [ROOT_SECRET, CLOUD_SECRET]) expect(schemaFaults(objectIn(files, path))).toEqual([]);
    },
  );

  test.each([
    ['ClusterSecretStore', [`${TREE}/cluster/credentials/secret-store.yaml`]],
    [
      'SecretStore',
      [`${TREE}/cluster/credentials/secret-store.yaml`, `${TREE}/cluster/references/${CLOUD}-logical-cloud.secret-store.yaml`],
    ],
  ] as const)('has its %s where it is looked for', (kind, stores) => {
    const { files } = repository({
      secretRef: { name: 'login', external: { ...external, kind, provider: { vault: { server: 'https://v.example.net' } } } },
    });
    const found = [...files.keys()].filter((path) => path.endsWith('secret-store.yaml'));
    expect(found).toEqual(stores);
    for (const path of found) expect(objectIn(files, path)['kind']).toBe(kind);
  });

  test('is not asked for what it cannot make, or where nobody signs in', () => {
    const bearer = { name: 'login', external: { ...external, properties: { bearerToken: 'token' } } };
    const codes = ({ diagnostics }: ReturnType<typeof lay>) => diagnostics.map(({ code }) => code);
    expect(codes(repository({ secretRef: bearer }))).toEqual(['unfit-credentials']);
    const cookie = lay({ clusters: [edge], sync: googleSyncs({ auth: 'cookiefile' }, { secretRef: { name: 'login', external } }) });
    expect(codes(cookie)).toEqual(['unfit-credentials']);
    const none = lay({ clusters: [edge], sync: googleSyncs({ auth: 'gcenode' }, { secretRef: { name: 'login', external } }) });
    expect([...none.files.keys()].filter((path) => path.includes('secret'))).toEqual([]);
  });

  test('belongs to its cloud by its path, which does not say that the cloud leaves its objects', () => {
    const owner = { context: CLOUD, app: 'logical-cloud' };
    for (const name of ['external-secret', 'secret-store'])
      expect(googleAnthos.ownerOf(`cluster/references/${CLOUD}-logical-cloud.${name}.yaml`)).toEqual(owner);
    expect(googleAnthos.ownerOf('cluster/credentials/external-secret.yaml')).toBe(undefined);
    const { files } = repository({ secretRef: { name: 'login', external } });
    expect(googleAnthos.leavesObjects(referenceObject(files.get(CLOUD_SECRET) ?? '') ?? {})).toBe(false);
  });
});
