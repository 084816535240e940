import { expect, test } from 'vitest';
import { makeApp, makeCloud, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import { readHistory } from '../lib/history.ts';
import { repoPath } from '../lib/path.ts';
import type { Committed, Oid } from '../model/file.ts';
import { goneClusters } from './gone-clusters.ts';
import { resolveScope } from './resolve-scope.ts';

const cloud = makeCloud();
const shop = makeDeployment([makeApp()]);
const intents = makeIntents({
  clusters: [makeCluster('p+edge'), makeCluster('q+edge'), makeCluster('p+core'), makeCluster('p+desk')],
  clouds: [cloud],
  deployments: [shop, makeDeployment([makeApp()], 'desk')],
});

function tree(...paths: readonly string[]): Committed {
  return new Map(paths.map(repoPath).map((path) => [path, { path, oid: '0' as Oid, isMarked: !path.endsWith('.txt') }]));
}

const committed = tree('clusters/decisions/retail.old/web.yaml', 'clusters/p+gone/references.yaml', 'clusters/p+notes/readme.txt');
const history = readHistory(committed);

test.each([
  ['shop', 'retail/shop'],
  ['retail/shop', 'retail/shop'],
  ['core', 'p+core'],
  ['q+edge', 'q+edge'],
  ['old', 'retail/old'],
  ['p+gone', 'p+gone'],
])('--only %s is %s', (only, whole) => {
  const { value, diagnostics } = resolveScope([only], { intents, committed, history, diagnostics: [] });
  expect(diagnostics).toEqual([]);
  expect(
    value?.map((part) => (part.kind === 'deployment' ? `${part.deployment.namespace}/${part.deployment.name}` : part.cluster)),
  ).toEqual([whole]);
});

test('a deployment that is gone is found by the id that it kept', () => {
  const path = repoPath('clusters/decisions/retail.old/web.yaml');
  const kept: Committed = new Map([[path, { path, oid: '0' as Oid, isMarked: true, head: '  contextId: "77"\n' }]]);
  const { value } = resolveScope(['old'], { intents, committed: kept, history: readHistory(kept), diagnostics: [] });
  expect(value).toMatchObject([{ kind: 'deployment', deployment: { name: 'old', id: '77' } }]);
});

test('a deployment brings its cloud along', () => {
  expect(resolveScope(['shop'], { intents, committed, history, diagnostics: [] }).value).toEqual([
    { kind: 'deployment', deployment: shop.context, cloud: cloud.context.id },
  ]);
});

test.each([
  ['edge', 'ambiguous-only', 'Cannot restrict the run to "edge": it may be p+edge, q+edge', 'Give the whole name, such as --only p+edge'],
  [
    'desk',
    'ambiguous-only',
    'Cannot restrict the run to "desk": it may be p+desk, retail/desk',
    'Give the whole name, such as --only p+desk',
  ],
  [
    'retail/shap',
    'unknown-only',
    'Cannot restrict the run to "retail/shap": no deployment or cluster has that name',
    'Did you mean "retail/shop"?',
  ],
  ['crore', 'unknown-only', 'Cannot restrict the run to "crore": no deployment or cluster has that name', 'Did you mean "core"?'],
])('--only %s is %s', (only, code, message, hint) => {
  const { value, diagnostics } = resolveScope([only], { intents, committed, history, diagnostics: [] });
  expect(value).toBeUndefined();
  expect(diagnostics).toEqual([{ code, severity: 'error', message, hint, reach: { kind: 'run' } }]);
});

test('several --only add up, and each mistake among them is told', () => {
  expect(resolveScope(['shop', 'core'], { intents, committed, history, diagnostics: [] }).value).toMatchObject([
    { kind: 'deployment', deployment: shop.context },
    { kind: 'cluster', cluster: 'p+core' },
  ]);
  const { value, diagnostics } = resolveScope(['shop', 'crore', 'edge'], { intents, committed, history, diagnostics: [] });
  expect(value).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-only', 'ambiguous-only']);
});

test('a deployment with mistakes can be named although it is missing from the intents', () => {
  const context = { kind: 'DeploymentIntent', namespace: 'retail', name: 'broken' } as const;
  const mistake = { code: 'x', severity: 'error', message: 'x', reach: { kind: 'context', context } } as const;
  expect(resolveScope(['broken'], { intents, committed, history, diagnostics: [mistake] }).value).toMatchObject([{ deployment: context }]);
});

test('goneClusters() warns of trees of ours without a document, once each', () => {
  const found = goneClusters(
    intents.clusters,
    tree('clusters/p+gone/a.yaml', 'clusters/p+gone/b.yaml', 'clusters/p+edge/a.yaml', 'clusters/x+notes/a.txt'),
  );
  expect(found.map(({ code, severity, message }) => ({ code, severity, message }))).toEqual([
    {
      code: 'cluster-gone',
      severity: 'warning',
      message: 'Cluster "p+gone" has a tree but no Cluster document: the tree is left as it is, while decisions no longer list the cluster',
    },
  ]);
});
