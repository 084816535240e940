import { expect, test } from 'vitest';
import { makeFluxCluster } from '../../test/support/fleet.ts';
import type { Change } from '../model/change.ts';
import type { ClusterId, ContextId } from '../model/context.ts';
import { HERE, type Oid } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { providers } from '../providers/registry.ts';
import { changedRoots, movedAgents, withoutClusters } from './moved-agents.ts';

const argo = makeFluxCluster('p+a', {}, { gitOpsType: 'argocd' });
const arc = makeFluxCluster('p+a', {}, { gitOpsType: 'azureArc' });

type Texts = readonly [was: string | undefined, now: string | undefined];

function planOf(files: Readonly<Record<string, Texts>>) {
  const instance = { cluster: 'p+a' as ClusterId, context: '1' as ContextId, app: 'web' };
  const changes = Object.entries(files).map(([path, [was, now]]): Change => ({
    target: HERE,
    owner: /applications|1-web/.test(path) ? { kind: 'instance', instance } : { kind: 'cluster', cluster: 'p+a' },
    path: `clusters/p+a/${path}` as RepoPath,
    ...(was !== undefined && { before: '0' as Oid }),
    ...(now !== undefined && { after: new TextEncoder().encode(now) }),
  }));
  const texts = new Map(
    Object.entries(files).flatMap(([path, [was]]) => (was === undefined ? [] : [[`clusters/p+a/${path}` as RepoPath, was]])),
  );
  return { plan: { changes, unchanged: 0, held: [], reasons: new Map(), kept: { held: 0, outside: 0 } }, texts };
}

function root(hub?: string): string {
  return `kind: Application\nmetadata:\n  name: r\n${hub === undefined ? '' : `  annotations: {espalier.dev/hub: ${hub}}\n`}`;
}
const app = (destination: string): string => `kind: Application\nspec:\n  destination: {${destination}, namespace: x}\n`;
const list = (name: string): string => `kind: Kustomization\nspec: {sourceRef: {name: ${name}}}\n`;
const template = (form: string, name: string): string =>
  JSON.stringify({
    resources: [
      { type: 'X/extensions', name: 'flux' },
      { type: `Microsoft.KubernetesConfiguration/${form}`, name },
    ],
  });

test.each<readonly [string, typeof argo, Readonly<Record<string, Texts>>, readonly (string | undefined)[]]>([
  ['another hub', argo, { 'argocd/root.yaml': [root('p-h'), root('p-i')] }, ['hub', 'p-h', 'p-i']],
  ['no hub', argo, { 'argocd/root.yaml': [root('p-h'), root()] }, ['hub', 'p-h', undefined]],
  [
    'another hub that collects',
    argo,
    { 'argocd/hub/p-h.yaml': ['a', undefined], 'argocd/hub/p-i.yaml': [undefined, 'a'] },
    ['hub', 'p-h', 'p-i'],
  ],
  [
    'no hub that collects',
    argo,
    { 'argocd/hub/p-h.yaml': ['a', undefined], 'argocd/root.yaml': [undefined, root()] },
    ['hub', 'p-h', undefined],
  ],
  ['another form on the same hub', argo, { 'argocd/hub/p-h.yaml': ['a', undefined], 'argocd/root.yaml': [undefined, root('p-h')] }, []],
  ['a root that told no hub', argo, { 'argocd/root.yaml': [root(), root('p-h')] }, []],
  ['another aim', argo, { 'argocd/applications/1-web.yaml': [app('name: a'), app('server: b')] }, ['destination', 'a', 'b']],
  ['the same aim', argo, { 'argocd/applications/1-web.yaml': [app('name: a'), app('name: a, x: 1')] }, []],
  ['a reference that goes', argo, { 'argocd/applications/1-web.yaml': [app('name: a'), undefined] }, []],
  [
    'another form',
    arc,
    {
      'references.yaml': [list('fleet'), undefined],
      'azure/azuredeploy.json': [template('fluxConfigurations', 'fleet'), template('sourceControlConfigurations', 'fleet')],
    },
    ['form', 'fluxConfigurations', 'sourceControlConfigurations'],
  ],
  ['the list alone going', arc, { 'references.yaml': [list('fleet'), undefined] }, ['form', 'fluxConfigurations', undefined]],
  ['another configuration', arc, { 'references.yaml': [list('fleet'), list('tree')] }, ['configuration', 'fleet', 'tree']],
  [
    'another configuration of Flux 1',
    arc,
    {
      'azure/azuredeploy.json': [template('sourceControlConfigurations', 'a'), template('sourceControlConfigurations', 'b')],
    },
    ['configuration', 'a', 'b'],
  ],
  ['what tells nothing', arc, { 'azure/README.md': ['a', 'b'], 'azure/azuredeploy.json': ['{', '[]'] }, []],
])('%s', (_name, cluster, files, expected) => {
  const { plan, texts } = planOf(files);
  const moves = movedAgents(plan, { clusters: [cluster], providers, texts });
  expect(moves.flatMap(({ field, was, now }) => [field, was, now])).toEqual(expected);
  expect(movedAgents(plan, { clusters: [], providers, texts })).toEqual([]);
  expect(withoutClusters(plan, new Set([cluster.id])).changes).toEqual([]);
});

test('only the clusters’ own files that stand are read', () => {
  const { plan } = planOf({
    'references.yaml': ['a', 'b'],
    'kustomization.yaml': [undefined, 'b'],
    'references/1-web-kcust.yaml': ['a', 'b'],
  });
  expect(changedRoots(plan)).toEqual(['clusters/p+a/references.yaml']);
});
