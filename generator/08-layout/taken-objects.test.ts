import { expect, test } from 'vitest';
import { deploymentObject, makeFluxCluster, makeLayoutRequest } from '../../test/support/fleet.ts';
import { makeApp, makeCloud, makeDeployment } from '../../test/support/intents.ts';
import { objectKey } from '../lib/reference-object.ts';
import type { JsonObject } from '../model/json.ts';
import type { SeenCluster } from '../model/seen.ts';
import type { RepoPath } from '../model/source.ts';
import { layout } from './layout.ts';

const cluster = makeFluxCluster('provider1+cluster1');
const cloud = makeCloud();
const deployment = makeDeployment([makeApp({ name: 'web' })]);
const asked = makeLayoutRequest([{ cloud, deployment, clusters: [cluster], objects: [[deploymentObject('web')]] }]);

const FLUX = { labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' } };
const OWN = {
  labels: { 'kustomize.toolkit.fluxcd.io/name': `${deployment.context.id}-web`, 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
};
const ARGO = { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:retail/web' } };
const HELM = { annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'retail' } };

function kustomization(name: string, prune: boolean): JsonObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: { prune },
  };
}

function listed(...objects: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  return new Map(objects.map((object) => [objectKey(object) ?? '', object]));
}

function found(metadata: JsonObject, seen: Partial<SeenCluster>): readonly string[] {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: cloud.namespace, ...metadata } };
  const at = () => ({ file: 'seen.yaml' as RepoPath, line: 1, column: 1, length: 1 });
  const { diagnostics } = layout({ ...asked, seen: new Map([[cluster.id, { at, objects: listed(object), ...seen }]]) });
  return diagnostics.filter(({ code }) => code === 'object-of-another').map(({ message }) => message.replace(/^.*: /, ''));
}

test.each<readonly [string, JsonObject, Partial<SeenCluster>, readonly string[]]>([
  ['nobody', {}, {}, []],
  [
    'a Kustomization that deletes',
    FLUX,
    { references: listed(kustomization('shop', true)) },
    ['Kustomization flux-system/shop looks after it'],
  ],
  ['a Kustomization that nobody looked for', FLUX, {}, ['Kustomization flux-system/shop looks after it']],
  ['a Kustomization, and none was listed', FLUX, { references: new Map() }, ['Kustomization flux-system/shop looks after it']],
  ['a Kustomization that leaves its objects', FLUX, { references: listed(kustomization('shop', false)) }, []],
  ['a Kustomization that is gone', FLUX, { references: listed(kustomization('other', true)) }, []],
  ['a Flux that is gone', FLUX, { agents: new Set(['argocd']) }, []],
  ['our own reference', OWN, { references: listed(kustomization('shop', true)) }, []],
  [
    'an Application that nobody looked for',
    ARGO,
    { references: listed(kustomization('shop', true)) },
    ['Application argocd/shop looks after it'],
  ],
  ['an Argo CD that is gone', ARGO, { agents: new Set() }, []],
  ['Helm', HELM, { agents: new Set() }, ["Helm's release retail/shop looks after it"]],
])('an app takes over what was applied by %s, or not', (_who, metadata, seen, messages) => {
  expect(found(metadata, seen)).toEqual(messages);
});

test('what stands in the tree already is taken from nobody', () => {
  expect(found(FLUX, { objects: new Map() })).toEqual([]);
});
