import { describe, expect, test } from 'vitest';
import { makeFluxCluster } from '../../test/support/fleet.ts';
import { makeCluster } from '../../test/support/intents.ts';
import { ownerOf } from '../08-layout/owner-of.ts';
import { repoPath } from '../lib/path.ts';
import { referenceObject } from '../lib/reference-object.ts';
import type { ContextId, InstanceRef } from '../model/context.ts';
import type { Committed, Oid } from '../model/file.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { Seen, SeenCluster } from '../model/seen.ts';
import type { RepoPath } from '../model/source.ts';
import { providers } from '../providers/registry.ts';
import { agentSwitches } from './agent-switches.ts';
import { type HandoverRequest, handovers } from './handovers.ts';

const web: InstanceRef = { cluster: 'p+a', context: '1' as ContextId, app: 'web' };
const direct = makeCluster('p+a');
const arc = makeFluxCluster('p+a', {}, { gitOpsType: 'azureArc' });
const argo = makeFluxCluster('p+a', {}, { gitOpsType: 'argocd' });
const flux1 = makeFluxCluster('p+a', {}, { gitOpsType: 'azureArc', azureArc: { form: 'sourceControlConfigurations' } });

const WEB = 'clusters/p+a/references/1-web-kcust.yaml' as RepoPath;
const FLUX = ['kustomization.yaml', 'flux-system/kustomization.yaml', 'references.yaml', 'references/1-web-kcust.yaml'];

function makeTree(paths: readonly string[], { isMarked = true } = {}): Committed {
  return new Map(
    paths.map((path) => {
      const whole = repoPath(`clusters/p+a/${path}`);
      return [whole, { path: whole, oid: '0' as Oid, isMarked }];
    }),
  );
}

function switchesOf(cluster: KnownCluster, tree: Committed) {
  return agentSwitches([cluster], { tree, providers, ownerOf: (path) => ownerOf(path, providers) });
}

describe('agentSwitches()', () => {
  test.each<readonly [string, KnownCluster, readonly string[], readonly string[]]>([
    ['Flux, by its list', direct, FLUX, ['fluxv2']],
    ['Flux, by its list alone', argo, ['flux-system/kustomization.yaml'], ['fluxv2']],
    ['Azure Arc, by what Azure is told', direct, ['azure/README.md', 'kustomization.yaml', 'references.yaml'], ['azureArc']],
    ['Argo CD, by its folder', arc, ['argocd/root.yaml'], ['argocd']],
    ['either of those that write a file', direct, ['kustomization.yaml'], ['azureArc', 'fluxv2']],
    ['Config Sync, by its folders', arc, ['namespaces/x/1.md', 'cluster/README.md'], ['googleAnthos']],
    ['both where both stand', direct, [...FLUX, 'argocd/root.yaml'], ['argocd', 'fluxv2']],
    ['none where the agent is the same', makeFluxCluster('p+a'), FLUX, []],
    ['none where only the agent itself was left', direct, ['flux-system/gotk-components.yaml', 'flux-system/flux-instance.yaml'], []],
    ['none in what every agent has', direct, ['context/1/app/web/kustomization.yaml', 'status/1/app/web/argocd.yaml'], []],
  ])('finds %s', (_name, cluster, paths, from) => {
    expect(switchesOf(cluster, makeTree(paths)).flatMap((one) => one.from)).toEqual(from);
  });

  test('the new agent has begun once its own files stand beside those of the old one', () => {
    expect(switchesOf(argo, makeTree(FLUX)).map(({ isBegun }) => isBegun)).toEqual([false]);
    expect(switchesOf(argo, makeTree([...FLUX, 'argocd/root.yaml'])).map(({ isBegun }) => isBegun)).toEqual([true]);
  });

  test('a list that somebody else wrote counts beside files of ours, and not alone', () => {
    const foreign = makeTree(['flux-system/kustomization.yaml'], { isMarked: false });
    expect(switchesOf(argo, foreign)).toEqual([]);
    expect(switchesOf(argo, new Map([...makeTree(['references.yaml']), ...foreign]))).toMatchObject([{ from: ['fluxv2'] }]);
  });

  test('an agent without references reads the apps’ folders, and would see them go', () => {
    const tree = makeTree(['azure/README.md', 'azure/main.bicep', 'context/1/app/web/kustomization.yaml']);
    expect(switchesOf(argo, tree)).toMatchObject([{ from: ['azureArc'], collides: true }]);
    expect(switchesOf(argo, new Map([...tree, ...makeTree(['references.yaml'])]))).toMatchObject([{ collides: false }]);
  });

  test('a cloud whose reference is missing is missed, whatever of it stands beside the place', () => {
    const cloud = 'context/2/app/logical-cloud/kustomization.yaml';
    const beside = ['references/2-source.yaml', 'references/2-kcust-ns.yaml', 'credentials/2-external-secret.yaml'];
    const missingIn = (paths: readonly string[]) =>
      switchesOf(direct, makeTree([...FLUX, cloud, ...paths])).flatMap(({ missing }) => [...missing.values()]);
    expect(missingIn(beside)).toEqual(['clusters/p+a/references/2-logical-cloud-kcust.yaml']);
    expect(missingIn([...beside, 'references/2-logical-cloud-kcust.yaml'])).toEqual([]);
  });

  test('Flux and Azure Arc cannot stand side by side, nor anything beside Config Sync, nor no agent beside one; others can', () => {
    expect([arc, argo, direct].map((cluster) => switchesOf(cluster, makeTree(FLUX))[0]?.collides)).toEqual([true, false, true]);
    expect([arc, argo, direct].map((cluster) => switchesOf(cluster, makeTree(['google/README.md']))[0]?.collides)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

const ARMED = `# marker
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: 1-web
  namespace: flux-system
  annotations:
    espalier.dev/revision: sha256-1
spec:
  path: ./clusters/p+a/context/1/app/web
  prune: true
`;
const RELEASED = ARMED.replace('prune: true', 'prune: false');

interface Situation {
  readonly cluster?: KnownCluster;
  readonly text?: string;
  readonly seen?: Partial<SeenCluster>;
  readonly request?: Partial<HandoverRequest>;
}

function pass({ cluster = argo, text = RELEASED, seen, request = {} }: Situation) {
  const all: Seen = new Map(seen ? [['p+a', { at: () => ({ file: 's' as RepoPath, line: 1, column: 1, length: 1 }), ...seen }]] : []);
  const texts = new Map([[WEB, text]]);
  const { value, diagnostics } = handovers(switchesOf(cluster, makeTree(FLUX)), {
    providers,
    wanted: [web],
    texts,
    seen: all,
    scope: undefined,
    ...request,
  });
  return { ...value, stage: value.clusters[0]?.stage, codes: diagnostics.map(({ code }) => code) };
}

function live(text: string): Pick<SeenCluster, 'references'> {
  return { references: new Map([['["kustomize.toolkit.fluxcd.io","Kustomization","flux-system","1-web"]', referenceObject(text) ?? {}]]) };
}

test('the first step tells references to leave their objects, and holds everything', () => {
  const { stage, held, files, kept, codes } = pass({ text: ARMED });
  expect(stage).toBe('release');
  expect([...held.keys()]).toEqual(['p+a/1/web']);
  expect(files.get('p+a')).toMatchObject([{ path: WEB, owner: { kind: 'instance', instance: web } }]);
  expect(files.get('p+a')?.[0]?.content).toContain('prune: false');
  expect(kept.get('p+a')).toBe('all');
  expect(codes).toEqual(['agent-changed']);
});

test.each<readonly [string, Situation, string]>([
  ['nothing was told', {}, 'release'],
  ['only the agents were looked at', { seen: { agents: new Set(['fluxv2']) } }, 'release'],
  ['the reference was not seen', { seen: { references: new Map() } }, 'release'],
  ['it still deletes on the cluster', { seen: live(ARMED) }, 'release'],
  ['it is of another revision', { seen: live(RELEASED.replace('sha256-1', 'sha256-2')) }, 'release'],
  ['it leaves its objects on the cluster, and would not in the tree', { text: ARMED, seen: live(RELEASED) }, 'release'],
  ['it cannot be read', { text: '{', seen: live(RELEASED) }, 'release'],
  ['it leaves its objects, here and there', { seen: live(RELEASED) }, 'beside'],
  ['the same, with another agent beside', { seen: { ...live(RELEASED), agents: new Set(['fluxv2', 'argocd']) } }, 'beside'],
  ['the same, but no agent comes that could stand beside it', { cluster: direct, seen: live(RELEASED) }, 'release'],
  ['the same, but both agents use the same files', { cluster: arc, seen: live(RELEASED) }, 'release'],
  ['the agent is gone', { cluster: arc, seen: { agents: new Set() } }, 'swap'],
  ['the agent is gone, and another is there', { cluster: argo, seen: { agents: new Set(['argocd']) } }, 'swap'],
  ['the agent is gone, and the tree still has it delete', { cluster: argo, text: ARMED, seen: { agents: new Set(['argocd']) } }, 'release'],
  ['the same controllers are there by another name', { seen: { ...live(RELEASED), agents: new Set(['azureArc']) } }, 'beside'],
  ['it is another cluster’s', { seen: live(RELEASED.replace('clusters/p+a', 'clusters/p+b')) }, 'release'],
  ['it has more fields there', { seen: live(RELEASED.replace('spec:', 'spec:\n  force: false')) }, 'beside'],
  ['it is being deleted', { seen: live(RELEASED.replace('  name: 1-web', '  name: 1-web\n  deletionTimestamp: x')) }, 'release'],
  ['the agent is said to be gone, and its reference still deletes', { seen: { ...live(ARMED), agents: new Set() } }, 'release'],
  ['another cluster is named', { seen: live(RELEASED), request: { scope: [{ kind: 'cluster', cluster: 'p+b' }] } }, 'release'],
  ['the cluster is named', { seen: live(RELEASED), request: { scope: [{ kind: 'cluster', cluster: 'p+a' }] } }, 'beside'],
  ['nothing of it is wanted any more', { text: ARMED, request: { wanted: [] } }, 'beside'],
])('where %s', (_name, situation, stage) => {
  expect(pass(situation).stage).toBe(stage);
});

test('beside the new agent, what the old one reads first stays, and nothing is held', () => {
  const { held, files, kept, codes } = pass({ cluster: argo, seen: live(RELEASED) });
  const isKept = kept.get('p+a');
  if (typeof isKept !== 'function') throw new Error('not beside');
  const paths = ['kustomization.yaml', 'flux-system/gotk-sync.yaml', 'references/README.md', 'argocd/root.yaml', 'azure/README.md'];
  expect(paths.map((path) => isKept(path))).toEqual([true, true, true, false, false]);
  expect([held.size, files.get('p+a')]).toEqual([0, undefined]);
  expect(codes).toEqual(['agent-left-behind']);
});

test('what is not wanted leaves by its old agent, unless it was told to leave the objects', () => {
  const others = { request: { wanted: [{ ...web, app: 'other' }] } };
  expect([...pass({ cluster: arc, text: ARMED, ...others }).held.keys()]).toEqual(['p+a/1/other']);
  expect([...pass({ cluster: arc, ...others }).held.keys()]).toEqual(['p+a/1/other', 'p+a/1/web']);
});

test('a run for another cluster rewrites nothing', () => {
  const { files, held } = pass({ text: ARMED, request: { scope: [{ kind: 'cluster', cluster: 'p+b' }] } });
  expect(files.get('p+a')).toEqual([]);
  expect(held.size).toBe(1);
});

describe('a reference that is wanted on', () => {
  const OBJECT = 'context/1/app/web/web-service.yaml';
  const ROOTS = FLUX.filter((path) => !path.startsWith('references/'));
  const ARGO = ['argocd/root.yaml'];
  const GOOGLE = ['google/README.md'];
  const NEW = [...ARGO, 'argocd/applications/1-web.yaml'];
  const cloud: InstanceRef = { ...web, app: 'logical-cloud' };
  const unmarked = new Map([...makeTree(FLUX), ...makeTree(['references/1-web-kcust.yaml'], { isMarked: false })]);

  test.each<readonly [string, KnownCluster, Committed, readonly string[]]>([
    ['missing beside its objects', argo, makeTree([...ROOTS, OBJECT]), ['reference-lost']],
    ['missing, and there are no objects', argo, makeTree(ROOTS), ['agent-left-behind']],
    ['gone, and the new one is there', argo, makeTree([...ROOTS, OBJECT, ...NEW]), ['agent-left-behind']],
    ['gone, and the new agent has none', flux1, makeTree([...ARGO, OBJECT, 'azure/README.md']), ['agent-left-behind']],
    ['missing on the way to an agent that has none', flux1, makeTree([...ARGO, OBJECT]), ['reference-lost']],
    ['missing on the way to no agent', direct, makeTree([...ROOTS, OBJECT]), ['reference-lost']],
    ['a cloud’s, and its project is there', arc, makeTree([...ARGO, 'argocd/projects/1.yaml']), ['reference-lost']],
    ['a chart’s on Argo CD', arc, makeTree([...ARGO, 'context/1/app/web/kustomization.yaml']), ['reference-lost']],
    ['a cloud’s on Config Sync', argo, makeTree([...GOOGLE, 'cluster/context/1/app/logical-cloud/x.yaml']), ['reference-lost']],
    ['a chart’s on Config Sync', argo, makeTree([...GOOGLE, 'cluster/references/1-web.rolebinding.yaml']), ['reference-lost']],
    ['an app’s on Config Sync, which has none', argo, makeTree([...GOOGLE, 'namespaces/x/context/1/app/web/x.yaml']), ['agent-changed']],
    ['not marked', argo, unmarked, ['reference-lost']],
    ['not marked, and the new agent has none', direct, unmarked, ['reference-lost']],
    ['of Flux 1, which has none', argo, makeTree(['azure/README.md', OBJECT]), ['agent-changed']],
    ['missing on Azure Arc', argo, makeTree(['azure/README.md', 'references.yaml', OBJECT]), ['reference-lost']],
  ])('%s', (_name, cluster, tree, codes) => {
    const request = { providers, wanted: [web, cloud], texts: new Map([[WEB, RELEASED]]), seen: undefined, scope: undefined };
    expect(handovers(switchesOf(cluster, tree), request).diagnostics.map(({ code }) => code)).toEqual(codes);
    const gone: Seen = new Map([['p+a', { agents: new Set<string>(), at: () => ({ file: WEB, line: 1, column: 1, length: 1 }) }]]);
    expect(handovers(switchesOf(cluster, tree), { ...request, seen: gone }).diagnostics).toEqual([]);
    const scope = [{ kind: 'cluster', cluster: 'p+b' }] as const;
    const elsewhere = handovers(switchesOf(cluster, tree), { ...request, scope }).diagnostics;
    expect(elsewhere.map(({ severity }) => severity)).toEqual(['warning']);
  });

  test('is not rewritten where it is not marked', () => {
    const request = { providers, wanted: [web], texts: new Map([[WEB, ARMED]]), seen: undefined, scope: undefined };
    expect(handovers(switchesOf(argo, unmarked), request).value.files.get('p+a')).toEqual([]);
  });
});
