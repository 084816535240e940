import { expect, test } from 'vitest';
import { makeFluxCluster } from '../../test/support/fleet.ts';
import { makeCluster } from '../../test/support/intents.ts';
import { toContext } from '../lib/hash.ts';
import { repoPath } from '../lib/path.ts';
import type { ContextId, InstanceRef } from '../model/context.ts';
import type { Committed, Oid } from '../model/file.ts';
import { providers } from '../providers/registry.ts';
import { agentsGone, type Served } from './agents-gone.ts';

const deployment = toContext({ kind: 'DeploymentIntent', namespace: 'retail', name: 'shop' });
const web: InstanceRef = { cluster: 'p+a', context: '1' as ContextId, app: 'web' };
const served: Served = {
  intents: { clusters: [makeCluster('p+a')] },
  committed: [web, { ...web, context: '2' as ContextId }, { ...web, app: 'logical-cloud' }, { ...web, cluster: 'p+b' }],
  scope: undefined,
};

function makeTree(paths: readonly string[], { isMarked = true } = {}): Committed {
  return new Map(paths.map((path) => [repoPath(path), { path: repoPath(path), oid: '0' as Oid, isMarked }]));
}

const tree = makeTree(['clusters/p+a/kustomization.yaml', 'clusters/p+a/references.yaml']);

test.each(['kustomization.yaml', 'flux-system/kustomization.yaml', 'references.yaml'])(
  'a cluster without gitOps does not lose its %s',
  (file) => {
    expect(agentsGone(served, { tree: makeTree([`clusters/p+a/${file}`]), providers })).toMatchObject([
      {
        code: 'agent-gone',
        severity: 'error',
        message:
          'Cannot take the agent\'s files of cluster "p+a" away: it has no gitOps any more, and an agent that still runs there would delete and recreate 2 apps',
        reach: { kind: 'run' },
      },
    ]);
  },
);

test.each<readonly [string, Partial<Served>, Committed]>([
  ['the cluster is named', { scope: [{ kind: 'cluster', cluster: 'p+a' }] }, tree],
  ['the cluster has its agent', { intents: { clusters: [makeFluxCluster('p+a')] } }, tree],
  ['the cluster is not described, so that it keeps what it has', { intents: { clusters: [] } }, tree],
  ['somebody else wrote the files, so that they stay', {}, makeTree(['clusters/p+a/kustomization.yaml'], { isMarked: false })],
  [
    'all went that ever goes',
    {},
    makeTree(['clusters/p+a/flux-system/gotk-components.yaml', 'clusters/p+a/context/1/app/web/kustomization.yaml']),
  ],
])('agentsGone() finds nothing where %s', (_name, change, committed) => {
  expect(agentsGone({ ...served, ...change }, { tree: committed, providers })).toEqual([]);
});

test.each<readonly [string, Served['scope'], number]>([
  ['another cluster is', [{ kind: 'cluster', cluster: 'p+b' }], 0],
  ['a deployment is, which may be on the cluster', [{ kind: 'deployment', deployment }], 1],
  [
    'a deployment is, and the cluster',
    [
      { kind: 'deployment', deployment },
      { kind: 'cluster', cluster: 'p+a' },
    ],
    0,
  ],
])('where %s named', (_name, scope, count) => {
  expect(agentsGone({ ...served, scope }, { tree, providers })).toHaveLength(count);
});
