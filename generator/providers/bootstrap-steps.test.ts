import { expect, test } from 'vitest';
import { makeArgoCluster } from '../../test/support/argocd.ts';
import { makeFluxCluster } from '../../test/support/fleet.ts';
import type { BootstrapStep } from '../model/bootstrap.ts';
import { type CommittedFile, MARKER, type Oid } from '../model/file.ts';
import type { ProviderCluster } from '../model/provider.ts';
import type { RepoPath } from '../model/source.ts';
import type { GitSource } from '../model/sync.ts';
import { providers } from './registry.ts';

const git: GitSource = { url: 'https://git.example.com/fleet', branch: 'main', interval: '1m', secretRef: { name: 'fleet-git' } };
const external: GitSource = { ...git, secretRef: { name: 'fleet-git', external: { secretStore: 'vault', key: 'fleet/git' } } };

function committed(text: string): CommittedFile {
  return { path: 'there' as RepoPath, oid: '0' as Oid, isMarked: true, head: `${MARKER}\n${text}` };
}

const SOURCE = 'kind: GitRepository\nmetadata:\n  name: 1-source\n  namespace: retail\n';
const TENANT = new Map([['references/1-source.yaml', committed(SOURCE)]]);
const NOTHING: ProviderCluster['present'] = new Map();

function makeFlux(install: 'none' | 'manifests', resource: GitSource, present = NOTHING): ProviderCluster {
  const cluster = makeFluxCluster('provider1+cluster1', {}, { install });
  return { cluster, sync: { reference: { type: 'git', git: resource }, resource }, present, vendoredFlux: [] };
}

function makeArc(resource: GitSource, present = NOTHING): ProviderCluster {
  const azure = { subscriptionId: 'a', resourceGroup: 'b' };
  const cluster = makeFluxCluster('provider1+cluster1', {}, { gitOpsType: 'azureArc' });
  return { cluster, sync: { reference: { type: 'azure', azure }, resource }, present, vendoredFlux: [] };
}

function makeArgo(resource: GitSource, hub?: string): ProviderCluster {
  const other: GitSource = { ...git, url: 'https://git.example.com/hub' };
  const reference = { type: 'argocd', argocd: hub === undefined ? {} : { hub } } as const;
  const host = { reference: { type: 'argocd', argocd: {} }, resource: other } as const;
  const sync = { reference, resource };
  return { cluster: makeArgoCluster('provider1+cluster1'), sync, ...(hub !== undefined && { host }), present: NOTHING, vendoredFlux: [] };
}

function titles(steps: readonly BootstrapStep[]): readonly string[] {
  return steps.map(({ title }) => title);
}

test('a Flux that somebody else keeps is not installed, and its old root is to go first', () => {
  const steps = providers.fluxv2.bootstrapSteps(makeFlux('none', git));
  expect(titles(steps)).toEqual([
    'See that Flux is there: it is kept by somebody else (install: none)',
    'Make the Secret "fleet-git" with the repository\'s credentials in namespace flux-system',
    'Have Flux follow the tree',
  ]);
  expect(steps.flatMap(({ command }) => command ?? []).join(' ')).toBe('kubectl apply -k flux-system');
  expect(steps.at(-1)?.note).toContain("take that one's root off first");
});

test('the program to vendor Flux is told the version that it needs', () => {
  const [step] = providers.fluxv2.bootstrapSteps(makeFlux('manifests', git));
  expect(step?.note).toContain('espalier flux vendor --version <2.9.0 or later>');
});

test.each([
  ['fluxv2', makeFlux('none', git, TENANT)],
  ['azureArc', makeArc(git, TENANT)],
] as const)('%s: a tenant that keeps its references needs the Secret too, after its namespace came', (type, at) => {
  const last = providers[type].bootstrapSteps(at).at(-1);
  expect(last).toMatchObject({ isByHand: true, makes: [{ resource: 'secrets', namespace: 'retail', name: 'fleet-git' }] });
});

test.each([
  ['fluxv2', makeFlux('none', external, TENANT)],
  ['azureArc', makeArc(external, TENANT)],
] as const)('%s: External Secrets makes the Secret from the tree, and those of tenants by itself', (type, at) => {
  const secrets = providers[type].bootstrapSteps(at).filter(({ makes }) => makes.some(({ resource }) => resource === 'secrets'));
  expect(secrets.map(({ command }) => command?.join(' '))).toEqual([
    'kubectl apply --server-side --filename credentials/external-secret.yaml',
  ]);
});

test.each([
  ['its own', makeArgo(git), ''],
  ["a hub's", makeArgo(git, 'provider1+hub'), ' on the hub provider1+hub'],
])('Argo CD, %s, needs a repository Secret that somebody makes', (_name, at, where) => {
  const steps = providers.argocd.bootstrapSteps(at);
  expect(titles(steps)).toContain(`Make the Secret "fleet-git" with the repository's credentials in namespace argocd${where}`);
  expect(titles(steps).filter((title) => !title.includes(where))).toEqual([]);
});
