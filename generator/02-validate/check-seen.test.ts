import { expect, test } from 'vitest';
import { makeCluster } from '../../test/support/intents.ts';
import { loadSeen } from '../01-load/load-seen.ts';
import type { RepoPath } from '../model/source.ts';
import { checkSeen } from './check-seen.ts';

const HEAD = 'apiVersion: espalier.dev/v1alpha1\nkind: Seen\ncluster: p+a\n';

function check(text: string) {
  const loaded = loadSeen({ path: 'seen.yaml' as RepoPath, text });
  const checked = checkSeen(loaded.value, { clusters: [makeCluster('p+a'), makeCluster('p+b')] });
  return { seen: checked.value, found: [...loaded.diagnostics, ...checked.diagnostics] };
}

test('what kubectl prints, indented, is what was seen', () => {
  const { seen, found } = check(`${HEAD}time: "now"
agents: [fluxv2]
references:
  apiVersion: v1
  items:
  - apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: 1-web, namespace: flux-system, generation: 3}
    spec: {prune: false}
    status: {conditions: []}
  kind: List
  metadata:
    resourceVersion: ""
---
apiVersion: espalier.dev/v1alpha1
kind: Seen
cluster: p+b
`);
  expect(found).toEqual([]);
  expect([...(seen.get('p+a')?.agents ?? [])]).toEqual(['fluxv2']);
  expect([...(seen.get('p+a')?.references?.keys() ?? [])]).toEqual([
    '["kustomize.toolkit.fluxcd.io","Kustomization","flux-system","1-web"]',
  ]);
  expect(seen.get('p+b')).toMatchObject({});
  expect(seen.get('p+b')?.agents).toBeUndefined();
});

test.each([
  ['agents: [flux]\n', 'invalid-field', 4, 10],
  ['agents: fluxv2\n', 'wrong-type', 4, 9],
  ['time: 2026-11-21T20:15:00Z\nwhen: now\n', 'unknown-field', 5, 1],
  ['time: 12\n', 'wrong-type', 4, 7],
  ['references: []\n', 'wrong-type', 4, 13],
  ['objects: []\n', 'wrong-type', 4, 10],
  ['objects: {items: [1]}\n', 'wrong-type', 4, 19],
  ['references: {}\n', 'missing-field', 4, 1],
  ['references: {items: {}}\n', 'wrong-type', 4, 21],
  ['references: {kind: KustomizationList, items: []}\n', 'invalid-field', 4, 20],
  ['references: {apiVersion: v2, items: []}\n', 'invalid-field', 4, 26],
  ['references: {metadata: 1, items: []}\n', 'wrong-type', 4, 24],
  ['references: {surplus: 1, items: []}\n', 'unknown-field', 4, 14],
  ['references: {items: [1]}\n', 'wrong-type', 4, 22],
  ['references: {items: [{apiVersion: 1, kind: A, metadata: {name: a}}]}\n', 'wrong-type', 4, 35],
  ['references: {items: [{apiVersion: v1, kind: 2, metadata: {name: a}}]}\n', 'wrong-type', 4, 45],
  ['references: {items: [{apiVersion: v1, kind: A, metadata: 3}]}\n', 'wrong-type', 4, 58],
  ['references: {items: [{apiVersion: v1, kind: A, metadata: {name: 4}}]}\n', 'wrong-type', 4, 65],
  ['references: {items: [{apiVersion: v1, kind: A, metadata: {name: a, namespace: 5}}]}\n', 'wrong-type', 4, 79],
  [
    'references: {items: [{apiVersion: g/v1, kind: A, metadata: {name: a}}, {apiVersion: g/v2, kind: A, metadata: {name: a}}]}\n',
    'bad-seen',
    4,
    117,
  ],
  [`---\n${HEAD}`, 'bad-seen', 7, 10],
  [`---\n${HEAD.replace('p+a', 'p+c')}`, 'bad-seen', 7, 10],
  [`---\n${HEAD.replace('p+a', 'nowhere')}`, 'invalid-field', 7, 10],
  [`---\n${HEAD.replace('Seen', 'Cluster')}`, 'invalid-field', 6, 7],
  [`---\n${HEAD.replace('v1alpha1', 'v2')}`, 'unknown-version', 5, 13],
  ['---\n- 1\n', 'wrong-type', 5, 1],
  ['time: [\n', 'not-yaml', 5, 1],
  [`time: ${'['.repeat(2000)}\n`, 'too-deep', 4, undefined],
  ['a: &a [1, 1]\nb: &b [*a, *a]\nc: &c [*b, *b]\n', 'unknown-field', 4, 1],
])('%j is %s at its place, and nothing was seen', (text, code, line, column) => {
  const { seen, found } = check(`${HEAD}${text}`);
  expect(seen.size).toBe(0);
  const places = found.map((one) => [one.code, one.source?.line, ...(column === undefined ? [] : [one.source?.column])]);
  expect(places).toContainEqual([code, line, ...(column === undefined ? [] : [column])]);
  expect(found.every(({ reach, severity }) => reach.kind === 'run' && severity === 'error')).toBe(true);
});
