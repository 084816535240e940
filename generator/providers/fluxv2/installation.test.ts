import { expect, test } from 'vitest';
import { makeFluxCluster } from '../../../test/support/fleet.ts';
import {
  BOOTSTRAPPED,
  bootstrapped,
  COMPONENTS,
  INSTANCE,
  KUSTOMIZATION,
  listed,
  ours,
  run,
  type Situation,
  SYNC,
  upstream,
  vendor,
  vendoredTree,
  without,
} from '../../../test/support/flux-situations.ts';
import type { ClusterGitOps } from '../../model/api.generated.ts';
import { MARKER } from '../../model/file.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { RepoPath } from '../../model/source.ts';

test.each<[string, Situation, string[], string[], string | undefined]>([
  ['un-vendored', {}, ['flux-not-vendored'], ['gotk-sync.yaml'], undefined],
  ['un-vendored, and somebody else installs it', { gitOps: { install: 'none' } }, [], ['gotk-sync.yaml'], undefined],
  ['vendored', { vendored: vendor('2.9.1', '2.9.4') }, [], ['gotk-components.yaml', 'gotk-sync.yaml'], ours('2.9.4')],
  [
    'vendored, of which it wants one',
    { vendored: vendor('2.9.1', '2.9.4'), gitOps: { agentVersion: '2.9.1' } },
    [],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    ours('2.9.1'),
  ],
  ['vendored, but not in its minor version', { vendored: vendor('2.8.4') }, ['flux-not-vendored'], ['gotk-sync.yaml'], undefined],
  [
    'that asks for what is not vendored',
    { vendored: vendor('2.8.4'), gitOps: { install: 'manifests' } },
    ['flux-version-not-vendored'],
    [],
    undefined,
  ],
  [
    'upgraded',
    { tree: vendoredTree('2.9.1'), vendored: vendor('2.9.1', '2.9.4') },
    [],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    ours('2.9.4'),
  ],
  ['bootstrapped', { tree: bootstrapped('2.9.1') }, [], ['gotk-components.yaml', 'gotk-sync.yaml'], upstream('2.9.1')],
  [
    'bootstrapped, with the same version vendored',
    { tree: bootstrapped('2.9.4'), vendored: vendor('2.9.4') },
    [],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    upstream('2.9.4'),
  ],
  [
    'bootstrapped, with a newer one vendored',
    { tree: bootstrapped('2.9.1'), vendored: vendor('2.9.4') },
    ['flux-left-alone'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    upstream('2.9.1'),
  ],
  [
    'bootstrapped, that asks for the vendored one',
    { tree: bootstrapped('2.9.1'), vendored: vendor('2.9.4'), gitOps: { install: 'manifests' } },
    [],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    ours('2.9.4'),
  ],
  [
    'with manifests of unknown version, that asks for the vendored one',
    { tree: new Map([[COMPONENTS, 'kind: Namespace\n']]), vendored: vendor('2.9.4'), gitOps: { install: 'manifests' } },
    ['flux-left-alone'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    'kind: Namespace\n',
  ],
  [
    'bootstrapped with a newer Flux than the vendored one',
    { tree: bootstrapped('2.9.5'), vendored: vendor('2.9.4'), gitOps: { install: 'manifests' } },
    ['flux-newer-than-vendored'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    upstream('2.9.5'),
  ],
  [
    'that goes back to an older version',
    { tree: vendoredTree('2.9.4'), vendored: vendor('2.9.1', '2.9.4'), gitOps: { agentVersion: '2.9.1' } },
    ['flux-newer-than-vendored'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    ours('2.9.4'),
  ],
  [
    'un-vendored again',
    { tree: vendoredTree('2.9.4') },
    ['flux-no-longer-vendored'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    ours('2.9.4'),
  ],
  [
    'whose manifests were lost and are vendored',
    { tree: new Map([[KUSTOMIZATION, BOOTSTRAPPED]]), vendored: vendor('2.9.4') },
    [],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    ours('2.9.4'),
  ],
  [
    'whose manifests were lost',
    { tree: new Map([[KUSTOMIZATION, BOOTSTRAPPED]]) },
    ['flux-components-lost'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    undefined,
  ],
  [
    'whose manifests were lost and that wants none',
    { tree: new Map([[KUSTOMIZATION, BOOTSTRAPPED]]), gitOps: { install: 'none' } },
    ['flux-components-lost'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    undefined,
  ],
  [
    'that is removed keeps what it has',
    {
      tree: vendoredTree('2.9.1'),
      vendored: vendor('2.9.4'),
      cluster: makeFluxCluster('provider1+cluster1', { state: 'Removed' }, { install: 'manifests' }),
    },
    [],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    ours('2.9.1'),
  ],
  ['of the operator', { gitOps: { install: 'operator' }, vendored: vendor('2.9.4') }, [], ['flux-instance.yaml'], undefined],
  [
    'that moves to the operator',
    { tree: bootstrapped('2.9.1'), gitOps: { install: 'operator' } },
    ['flux-handover'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
    upstream('2.9.1'),
  ],
  [
    'that moves back from the operator',
    { tree: run({ gitOps: { install: 'operator' } }).tree, vendored: vendor('2.9.4') },
    ['flux-handover'],
    ['flux-instance.yaml'],
    undefined,
  ],
])('a cluster %s', (_, situation, codes, list, components) => {
  const result = run(situation);
  expect(result.codes).toEqual(codes);
  expect(listed(result.tree)).toEqual(list);
  expect(result.tree.get(COMPONENTS)).toBe(components);
});

test('on the way to the operator its FluxInstance waits beside the list, until a person takes the list and what it names away', () => {
  const gitOps = { install: 'operator' } as const;
  const first = run({ tree: bootstrapped('2.9.1'), gitOps });
  expect(first.tree.has(INSTANCE)).toBe(true);
  for (const kept of [[COMPONENTS, SYNC], [COMPONENTS], [SYNC]])
    expect(
      run({ tree: without(first.tree, KUSTOMIZATION, ...[COMPONENTS, SYNC].filter((path) => !kept.includes(path))), gitOps }),
    ).toMatchObject({ codes: ['flux-list-lost'] });
  const tree = without(first.tree, KUSTOMIZATION, COMPONENTS, SYNC);
  expect(run({ tree, gitOps })).toMatchObject({ codes: [] });
  expect(listed(run({ tree, gitOps }).tree)).toEqual(['flux-instance.yaml']);
});

const unvendored = run({}).tree;
const operated = run({ gitOps: { install: 'operator' } }).tree;

test.each<[string, Situation, string[], string[] | undefined]>([
  [
    'manifests and list, which nobody can write again',
    { tree: without(vendoredTree('2.9.4'), COMPONENTS, KUSTOMIZATION) },
    ['flux-list-lost'],
    undefined,
  ],
  [
    "manifests and list, while Flux is somebody else's",
    { tree: without(bootstrapped('2.9.4'), COMPONENTS, KUSTOMIZATION), gitOps: { install: 'none' } },
    ['flux-list-lost'],
    undefined,
  ],
  ['all of flux-system', { tree: without(vendoredTree('2.9.4'), COMPONENTS, KUSTOMIZATION, SYNC) }, ['flux-list-lost'], undefined],
  ['the list of a tree without Flux, which looks the same', { tree: without(unvendored, KUSTOMIZATION) }, ['flux-list-lost'], undefined],
  [
    'manifests and list, which are written again',
    { tree: without(vendoredTree('2.9.4'), COMPONENTS, KUSTOMIZATION), vendored: vendor('2.9.4') },
    [],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
  ],
  [
    'the list',
    { tree: without(vendoredTree('2.9.4'), KUSTOMIZATION), vendored: vendor('2.9.4') },
    [],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
  ],
  [
    'what its manifests hold',
    { tree: new Map([...bootstrapped('2.9.4'), [COMPONENTS, '']]) },
    ['flux-components-lost'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
  ],
  [
    'what its manifests hold, which is written again',
    { tree: new Map([...bootstrapped('2.9.4'), [COMPONENTS, '---\n']]), vendored: vendor('2.9.4') },
    [],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
  ],
  [
    'manifests, and whose list is in a form of its own',
    {
      tree: new Map([
        ...without(vendoredTree('2.9.4'), COMPONENTS),
        [KUSTOMIZATION, `${MARKER}\nresources: [gotk-components.yaml, gotk-sync.yaml]\n`],
      ]),
    },
    ['flux-components-lost'],
    ['gotk-components.yaml', 'gotk-sync.yaml'],
  ],
  [
    'manifests, and the lines of its list',
    { tree: new Map([...without(vendoredTree('2.9.4'), COMPONENTS), [KUSTOMIZATION, `${MARKER}\nkind: Kustomization\n`]]) },
    ['flux-list-lost'],
    [],
  ],
  [
    'manifests, which a person took off the list',
    {
      tree: new Map([
        ...without(vendoredTree('2.9.4'), COMPONENTS),
        [KUSTOMIZATION, `${MARKER}\nresources:\n# - gotk-components.yaml\n- gotk-sync.yaml\n`],
      ]),
    },
    ['flux-not-vendored'],
    ['gotk-sync.yaml'],
  ],
  ["the list of an operator's", { tree: without(operated, KUSTOMIZATION), gitOps: { install: 'operator' } }, [], ['flux-instance.yaml']],
  [
    "the list of an operator's, with another way asked for",
    { tree: without(operated, KUSTOMIZATION), vendored: vendor('2.9.4') },
    ['flux-handover'],
    ['flux-instance.yaml'],
  ],
  [
    "all of an operator's flux-system",
    { tree: without(operated, KUSTOMIZATION, INSTANCE), gitOps: { install: 'operator' } },
    ['flux-list-lost'],
    undefined,
  ],
])('a cluster that lost %s', (_, situation, codes, list) => {
  const result = run(situation);
  expect(result.codes).toEqual(codes);
  expect(result.isWritten ? listed(result.tree) : undefined).toEqual(result.isWritten ? list : undefined);
  expect(result.isWritten).toBe(!codes.some((code) => code.endsWith('-lost')));
});

test('an AgentInstallation asks for the manifests, and the cluster may pin another version', () => {
  const spec = { clusters: {}, version: '2.9.4' };
  const value = { apiVersion: 'espalier.dev/v1alpha1', kind: 'AgentInstallation', metadata: { name: 'all' }, spec } as const;
  const installation: KnownCluster['installation'] = { value, at: () => ({ file: 'agents' as RepoPath, line: 1, column: 1, length: 1 }) };
  const cluster = (agentVersion?: string): KnownCluster => {
    const base = makeFluxCluster('provider1+cluster1');
    const gitOps = Object.entries(base.value.spec.gitOps!).filter(([key]) => key !== 'agentVersion');
    const own = { ...(Object.fromEntries(gitOps) as unknown as ClusterGitOps), ...(agentVersion !== undefined && { agentVersion }) };
    return { ...base, value: { ...base.value, spec: { ...base.value.spec, gitOps: own } }, installation };
  };
  const vendored = vendor('2.9.1', '2.9.4');
  expect(run({ tree: bootstrapped('2.9.0'), vendored, cluster: cluster() }).tree.get(COMPONENTS)).toBe(ours('2.9.4'));
  expect(run({ tree: bootstrapped('2.9.0'), vendored, cluster: cluster('2.9.1') }).tree.get(COMPONENTS)).toBe(ours('2.9.1'));
  expect(run({ vendored: [], cluster: cluster() }).codes).toEqual(['flux-version-not-vendored']);
});
