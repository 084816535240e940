import { describe, expect, test } from 'vitest';
import { layout } from '../../08-layout/layout.ts';
import { argoSyncs, lay, makeArgoCluster, objectIn } from '../../../test/support/argocd.ts';
import { makeArcCluster, makeAzureSync } from '../../../test/support/azure.ts';
import { hasSchemas, schemaFaults } from '../../../test/support/crd-schemas.ts';
import { configMap, makeFluxCluster, makeLayoutRequest, makeSync } from '../../../test/support/fleet.ts';
import { makeApp, makeCloud, makeDeployment } from '../../../test/support/intents.ts';
import type { GitSync } from '../../model/api.generated.ts';
import type { KnownCluster } from '../../model/intents.ts';

const EXTERNAL = { secretStore: 'vault', key: 'fleet/git' } as const;

function secretRef(external: Partial<NonNullable<NonNullable<GitSync['secretRef']>['external']>> = {}): Partial<GitSync> {
  return { secretRef: { name: 'git-login', external: { ...EXTERNAL, ...external } } };
}

function filesOf(cluster: KnownCluster, git: Partial<GitSync>): ReadonlyMap<string, string> {
  const tenancy = {
    cloud: makeCloud(),
    deployment: makeDeployment([makeApp({ name: 'web' })]),
    clusters: [cluster],
    objects: [[configMap('web')]],
  };
  const sync = [makeSync('provider1', git), makeAzureSync()];
  const { value, diagnostics } = layout(makeLayoutRequest([tenancy], { sync }));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return new Map(value.map(({ path, content }) => [path, content]));
}

const FLUX = 'clusters/provider1+edge1/credentials';

describe('an ExternalSecret for Flux', () => {
  test('makes the keys that its source asks for, is taken away by nobody, and stops nothing else', () => {
    const files = filesOf(makeFluxCluster('provider1+edge1'), secretRef());
    expect(objectIn(files, `${FLUX}/external-secret.yaml`)).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: {
        name: 'git-login',
        namespace: 'flux-system',
        labels: { 'app.kubernetes.io/managed-by': 'espalier' },
        annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: { name: 'git-login', creationPolicy: 'Orphan', deletionPolicy: 'Retain' },
        data: [
          { secretKey: 'username', remoteRef: { key: 'fleet/git', property: 'username' } },
          { secretKey: 'password', remoteRef: { key: 'fleet/git', property: 'password' } },
        ],
      },
    });
    const kustomization = objectIn(files, 'clusters/provider1+edge1/references/credentials-kcust.yaml');
    expect(kustomization).toMatchObject({
      metadata: { name: 'credentials', namespace: 'flux-system' },
      spec: { path: './clusters/provider1+edge1/credentials', prune: false },
    });
    expect(files.get(`${FLUX}/README.md`)).toContain('kubectl apply -f external-secret.yaml');
    // What is read first is what it was.
    const without = filesOf(makeFluxCluster('provider1+edge1'), { secretRef: { name: 'git-login' } });
    const added = [...files.keys()].filter((path) => !without.has(path));
    expect(added.filter((path) => !path.startsWith(FLUX))).toEqual(['clusters/provider1+edge1/references/credentials-kcust.yaml']);
    for (const [path, content] of without) expect(files.get(path), path).toBe(content);
  });

  test.each([
    [{ bearerToken: 'token' }, 'https://git.example.net/fleet', { bearerToken: 'token' }],
    [{ username: 'u', password: 'p' }, 'https://git.example.net/fleet', { username: 'u', password: 'p' }],
    [undefined, 'ssh://git@git.example.net/fleet', { identity: 'identity', known_hosts: 'known_hosts' }],
  ])('fetches %j', (properties, url, keys) => {
    const files = filesOf(makeFluxCluster('provider1+edge1'), { url, ...secretRef(properties && { properties }) });
    const { spec } = objectIn(files, `${FLUX}/external-secret.yaml`) as unknown as {
      readonly spec: { readonly data: readonly { readonly secretKey: string; readonly remoteRef: { readonly property: string } }[] };
    };
    expect(Object.fromEntries(spec.data.map(({ secretKey, remoteRef }) => [secretKey, remoteRef.property]))).toEqual(keys);
  });

  test.each(['SecretStore', 'ClusterSecretStore'] as const)('brings the %s too, where it is described', (kind) => {
    const provider = { vault: { server: 'https://vault.example.net', auth: { kubernetes: { mountPath: 'edge1', role: 'flux' } } } };
    const files = filesOf(makeFluxCluster('provider1+edge1'), secretRef({ kind, provider }));
    const store = objectIn(files, `${FLUX}/secret-store.yaml`);
    expect(store).toMatchObject({ kind, metadata: { name: 'vault' }, spec: { provider } });
    expect((store['metadata'] as { readonly namespace?: string }).namespace).toBe(kind === 'SecretStore' ? 'flux-system' : undefined);
    if (hasSchemas) expect(schemaFaults(store)).toEqual([]);
    expect(files.get(`${FLUX}/README.md`)).toContain('kubectl apply -f secret-store.yaml -f external-secret.yaml');
  });

  test('is in the namespace of Arc’s configuration there', () => {
    const files = filesOf(makeArcCluster('provider1+edge1'), secretRef());
    expect(objectIn(files, `${FLUX}/external-secret.yaml`)).toMatchObject({ metadata: { namespace: 'fleet-config' } });
    expect(objectIn(files, 'clusters/provider1+edge1/references/credentials-kcust.yaml')).toMatchObject({
      metadata: { namespace: 'fleet-config' },
      spec: { sourceRef: { name: 'fleet' }, serviceAccountName: 'flux-applier' },
    });
  });
});

describe('an ExternalSecret for Argo CD', () => {
  const HUB = 'clusters/provider1+hub/argocd';
  const sync = (git: Partial<GitSync>) => [makeSync('provider1', git), ...argoSyncs.slice(1)];
  const clusters = [makeArgoCluster('provider1+hub'), makeArgoCluster('provider1+edge1', 'hub-argocd')];

  test('makes a repository Secret where Argo CD runs, once, and the root reads it', () => {
    const { files, diagnostics } = lay({ clusters, sync: sync({ url: 'ssh://git@git.example.net/fleet', ...secretRef() }) });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const secret = objectIn(files, `${HUB}/repository-secret.yaml`);
    expect(secret).toMatchObject({
      metadata: { name: 'git-login', namespace: 'argocd', annotations: { 'argocd.argoproj.io/sync-wave': '1000000' } },
      spec: {
        target: {
          creationPolicy: 'Orphan',
          template: {
            metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repository' } },
            data: { type: 'git', url: 'ssh://git@git.example.net/fleet', sshPrivateKey: '{{ .sshPrivateKey }}' },
          },
        },
        data: [{ secretKey: 'sshPrivateKey', remoteRef: { key: 'fleet/git', property: 'identity' } }],
      },
    });
    expect(JSON.stringify(secret['metadata'])).toContain('Prune=false');
    if (hasSchemas) expect(schemaFaults(secret)).toEqual([]);
    const root = JSON.stringify(objectIn(files, `${HUB}/root.yaml`));
    expect(root).toContain('projects/*.yaml,repository-secret.yaml,root.yaml');
    expect(files.has('clusters/provider1+edge1/argocd/repository-secret.yaml')).toBe(false);
  });

  test('leaves the root as it is where none is asked for', () => {
    const root = lay({ clusters }).files.get(`${HUB}/root.yaml`);
    expect(root).toContain('{applications/*.yaml,cluster-secret.yaml,projects/*.yaml,root.yaml,targets.yaml}');
  });
});
