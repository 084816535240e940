import { expect, test } from 'vitest';
import { makeFluxCluster } from '../../../test/support/fleet.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { ClusterGitOps } from '../../model/api.generated.ts';
import type { GitSource } from '../../model/sync.ts';
import { fluxInstance } from './flux-instance.ts';

const git: GitSource = { url: 'https://github.com/example/fleet', branch: 'main', interval: '1m', secretRef: { name: 'flux-system' } };

function read(gitOps: Partial<ClusterGitOps> = {}, source: GitSource = git): unknown {
  return parseYaml(fluxInstance(makeFluxCluster('provider1+cluster1', {}, { install: 'operator', ...gitOps }), source)).documents[0]!.value;
}

test('a FluxInstance makes what flux bootstrap would have made, and is never pruned', () => {
  expect(read({ lockdown: false })).toEqual({
    apiVersion: 'fluxcd.controlplane.io/v1',
    kind: 'FluxInstance',
    metadata: {
      name: 'flux',
      namespace: 'flux-system',
      labels: { 'app.kubernetes.io/managed-by': 'espalier' },
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    },
    spec: {
      distribution: { version: '2.9.x', registry: 'ghcr.io/fluxcd' },
      components: ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'],
      sync: {
        kind: 'GitRepository',
        url: 'https://github.com/example/fleet',
        ref: 'refs/heads/main',
        path: 'clusters/provider1+cluster1',
        pullSecret: 'flux-system',
        interval: '1m0s',
      },
    },
  });
});

test('a FluxInstance follows version, components and source', () => {
  const open: GitSource = { url: git.url, branch: 'live', interval: '1m' };
  expect(read({ agentVersion: '2.8.3', components: ['source-controller', 'kustomize-controller'] }, open)).toMatchObject({
    spec: {
      distribution: { version: '2.8.3' },
      components: ['source-controller', 'kustomize-controller'],
      sync: expect.not.objectContaining({ pullSecret: expect.anything() as unknown }) as unknown,
    },
  });
});

test('a FluxInstance is locked down by the patches that flux-system has otherwise', () => {
  const { spec } = read() as { spec: { kustomize: { patches: { target: { kind: string; name: string }; patch: string }[] } } };
  expect(spec.kustomize.patches.map(({ target, patch }) => [target.kind, /value: (.*)/.exec(patch)?.[1]])).toEqual([
    ['Deployment', '--no-cross-namespace-refs=true'],
    ['Deployment', '--no-remote-bases=true'],
    ['Deployment', '--default-service-account=default'],
    ['Kustomization', 'kustomize-controller'],
  ]);
});
