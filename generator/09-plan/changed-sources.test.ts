import { expect, test } from 'vitest';
import { makeApp, makeCloud, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import { place } from '../04-place/place.ts';
import type { ClusterGitOps } from '../model/api.generated.ts';
import type { Change } from '../model/change.ts';
import { HERE, type Oid } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { providers } from '../providers/registry.ts';
import { changedSources } from './changed-sources.ts';

const deployment = makeDeployment([makeApp()]);
const RELEASE = 'context/1/app/web/web-helmrelease.helm.toolkit.fluxcd.io.yaml';
const REPOSITORY = 'context/1/app/web/web-helmrepository.source.toolkit.fluxcd.io.yaml';
const SERVICE = 'context/1/app/web/web-service.yaml';
const INDEX = 'context/1/app/web/kustomization.yaml';
const SYNC = 'cluster/references/1-web.yaml';
const APPLICATION = 'argocd/applications/1-web.yaml';

interface Files {
  readonly come?: readonly string[];
  readonly gone?: readonly string[];
}

function told(gitOpsType: ClusterGitOps['gitOpsType'] | undefined, { come = [], gone = [] }: Files, app = 'web'): readonly string[] {
  const cluster = makeCluster(
    'p+a',
    gitOpsType ? { gitOps: { gitOpsType, gitOpsReferenceObject: 'fleet', gitOpsResourceObject: 'fleet' } } : {},
  );
  const { value: placements } = place(makeIntents({ clusters: [cluster], clouds: [makeCloud()], deployments: [deployment] }));
  const instance = { cluster: cluster.id, context: deployment.context.id, app };
  const change = (path: string, rest: Partial<Change>): Change => {
    const whole = `clusters/p+a/${path.replace('context/1', `context/${deployment.context.id}`)}` as RepoPath;
    return { path: whole, target: HERE, owner: { kind: 'instance', instance }, ...rest };
  };
  const changes = [
    ...come.map((path) => change(path, { after: new Uint8Array() })),
    ...gone.map((path) => change(path, { before: 'x' as Oid })),
  ];
  const changeSet = { changes, unchanged: 0, held: [], reasons: new Map(), kept: { held: 0, outside: 0 } };
  return changedSources(changeSet, { clusters: [cluster], providers, placements }).map(({ code, message }) => `${code}: ${message}`);
}

const TO_TEMPLATE =
  'changed-source: Cannot make app "web" come from a template in one step on cluster "p+a": Helm would uninstall what is about to be applied';
const TO_CHART =
  'changed-source: Cannot make app "web" come from a chart in one step on cluster "p+a": Helm does not install over what is there';

test.each([
  ['fluxv2', { gone: [RELEASE, REPOSITORY], come: [SERVICE] }, TO_TEMPLATE],
  ['azureArc', { gone: [SERVICE], come: [RELEASE, REPOSITORY] }, TO_CHART],
  ['googleAnthos', { gone: [SYNC], come: [`namespaces/retail/${SERVICE}`] }, TO_TEMPLATE],
  ['googleAnthos', { gone: [`namespaces/retail/${SERVICE}`], come: [SYNC] }, TO_CHART],
] as const)('on %s an app does not change its source in one step', (agent, files, message) => {
  expect(told(agent, files)).toEqual([message]);
});

test.each<readonly [string, ClusterGitOps['gitOpsType'] | undefined, Files]>([
  ['Argo CD renders the chart itself', 'argocd', { gone: [SERVICE], come: [`${APPLICATION}.x`] }],
  ['a new app is a chart', 'fluxv2', { come: [RELEASE, REPOSITORY, INDEX] }],
  [
    'a chart comes from another repository',
    'fluxv2',
    { gone: [REPOSITORY], come: ['context/1/app/web/web-ocirepository.source.toolkit.fluxcd.io.yaml'] },
  ],
  ['objects of a template come and go', 'fluxv2', { gone: [SERVICE], come: ['context/1/app/web/web-deployment.yaml'] }],
  ['a lost reference is restored', 'fluxv2', { gone: [SERVICE], come: ['references/1-web-kcust.yaml'] }],
])('nothing is told where %s', (_, agent, files) => {
  expect(told(agent, files)).toEqual([]);
});

test('an app that goes altogether is told elsewhere', () => {
  expect(told('fluxv2', { gone: [RELEASE], come: [SERVICE] }, 'other')).toEqual([]);
});
