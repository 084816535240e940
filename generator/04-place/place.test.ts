import { describe, expect, test } from 'vitest';
import { makeApp, makeCloud, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import type { App, ClusterSelector, Placement, Source } from '../model/api.generated.ts';
import type { KnownCloud, KnownCluster, VendoredChart } from '../model/intents.ts';
import { place } from './place.ts';

const fleet = [
  makeCluster('azure+berlin', { labels: { tier: 'edge' } }),
  makeCluster('azure+dublin', { labels: { tier: 'edge', gpu: 'a100' } }),
  makeCluster('azure+zurich', { labels: { tier: 'core' } }),
  makeCluster('metal+cellar', { labels: { tier: 'edge' }, state: 'Removed' }),
  makeCluster('metal+roof', { labels: { tier: 'edge' } }),
];

interface Setting {
  readonly clusters?: readonly KnownCluster[];
  readonly cloud?: KnownCloud;
  readonly app?: Partial<App>;
}

function placeOne(placement: Placement, { clusters = fleet, cloud = makeCloud(), app = {} }: Setting = {}) {
  const { value, diagnostics } = place(
    makeIntents({ clusters, clouds: [cloud], deployments: [makeDeployment([makeApp({ placement, ...app })])] }),
  );
  const [placed] = value;
  return { decision: placed!.decision, chosen: placed!.clusters.map(({ id }) => id), diagnostics };
}

const edge: ClusterSelector = { matchLabels: { tier: 'edge' } };
const azure: ClusterSelector = { provider: 'azure' };

test.each<[string, Placement]>([
  ['that nothing matches', { allOf: [{ matchLabels: { tier: 'far' } }] }],
  ['that too few clusters match', { anyOf: [{ matchLabels: { tier: 'core' } }], count: 2 }],
])('place() concludes nothing from a placement %s while a Cluster document has a mistake', (_, placement) => {
  const asked = { clusters: fleet, clouds: [makeCloud()], deployments: [makeDeployment([makeApp({ placement })])] };
  expect(place(makeIntents(asked)).diagnostics).toHaveLength(1);
  expect(place({ ...makeIntents(asked), lacksClusters: true }).diagnostics).toEqual([]);
});
const metal: ClusterSelector = { provider: 'metal' };

test.each<[string, Placement, string[]]>([
  ['allOf takes every cluster that its item matches', { allOf: [edge] }, ['azure+berlin', 'azure+dublin', 'metal+roof']],
  ['allOf takes the clusters of all items', { allOf: [{ cluster: 'zurich' }, metal] }, ['azure+zurich', 'metal+roof']],
  ['anyOf takes one cluster of the whole list, not one per entry', { anyOf: [metal, azure] }, ['azure+berlin']],
  ['anyOf skips what is ruled out', { anyOf: [metal] }, ['metal+roof']],
  [
    'anyOf with count takes so many of the whole list',
    { anyOf: [metal, azure], count: 3 },
    ['azure+berlin', 'azure+dublin', 'azure+zurich'],
  ],
  ['a nested anyOf takes one of its list', { allOf: [{ anyOf: [metal, { cluster: 'zurich' }] }] }, ['azure+zurich']],
  ['each nested anyOf takes one', { allOf: [{ anyOf: [azure] }, { anyOf: [metal] }] }, ['azure+berlin', 'metal+roof']],
  ['allOf and anyOf are answered one by one', { allOf: [{ cluster: 'berlin' }], anyOf: [azure] }, ['azure+berlin']],
  ['allOf and anyOf add up', { allOf: [{ cluster: 'roof' }], anyOf: [azure], count: 2 }, ['azure+berlin', 'azure+dublin', 'metal+roof']],
  ['an empty selector takes all that are Active', { allOf: [{}] }, ['azure+berlin', 'azure+dublin', 'azure+zurich', 'metal+roof']],
])('%s', (_, placement, chosen) => {
  const outcome = placeOne(placement);
  expect(outcome.diagnostics).toEqual([]);
  expect(outcome.chosen).toEqual(chosen);
  expect(outcome.decision.chosen.map(({ cluster }) => cluster)).toEqual(chosen);
});

test('the order is that of the id by code unit: "+" comes before "-" and capital letters are not looked at', () => {
  const clusters = ['a-b+c', 'a+z', 'a+b2', 'a+b10'].map((id) => makeCluster(id));
  expect(placeOne({ anyOf: [{}], count: 3 }, { clusters }).chosen).toEqual(['a+b10', 'a+b2', 'a+z']);
});

test('a decision says why each matched cluster was chosen or rejected, and nothing of the others', () => {
  const cloud = makeCloud({ clusters: [{ cluster: 'berlin' }, { cluster: 'dublin' }, { cluster: 'cellar' }] });
  const { decision } = placeOne({ allOf: [{ clusterLabel: 'gpu' }], anyOf: [metal, { matchLabels: { tier: 'edge' } }] }, { cloud });
  expect(decision.chosen).toEqual([
    { cluster: 'azure+berlin', reasons: ['anyOf[1]: label tier=edge', 'anyOf: the first by cluster id'] },
    { cluster: 'azure+dublin', reasons: ['allOf[0]: label gpu'] },
  ]);
  expect(decision.rejected).toEqual([
    { cluster: 'metal+cellar', reasons: ['anyOf[0]: provider metal', 'anyOf[1]: label tier=edge', 'its state is Removed'] },
    {
      cluster: 'metal+roof',
      reasons: ['anyOf[0]: provider metal', 'anyOf[1]: label tier=edge', 'logical cloud "retail" does not span it'],
    },
  ]);
});

test('a decision says what was not needed for count', () => {
  const { decision } = placeOne({ anyOf: [azure], count: 2 });
  expect(decision.rejected).toEqual([
    { cluster: 'azure+zurich', reasons: ['anyOf[0]: provider azure', 'anyOf: not one of the first 2 by cluster id'] },
  ]);
});

test('a decision holds its deployment, cloud and sorted dependencies', () => {
  const { decision } = placeOne({ allOf: [{}] }, { app: { dependsOn: [{ app: 'redis' }, { app: 'db' }, { app: 'redis' }] } });
  expect(decision).toMatchObject({
    app: 'web',
    deployment: { name: 'shop' },
    cloud: { kind: 'LogicalCloud', name: 'retail' },
    dependsOn: ['db', 'redis'],
  });
});

test('placements come by deployment and app; a deployment without its cloud is left out', () => {
  const deployments = [makeDeployment([makeApp({ name: 'b' }), makeApp({ name: 'a' })], 'z'), makeDeployment([makeApp()], 'a')];
  const placed = place(makeIntents({ clusters: fleet, deployments })).value;
  expect(placed.map(({ deployment, app }) => `${deployment.context.name}/${app.value.name}`)).toEqual(['a/web', 'z/a', 'z/b']);
  expect(placed[1]!.app.at(['placement']).file).toBe('z#spec.apps.1.placement');
  expect(place(makeIntents({ clusters: fleet, deployments, clouds: [makeCloud({}, 'other')] }))).toEqual({ value: [], diagnostics: [] });
});

describe('place() reports', () => {
  const reach = { kind: 'context', context: expect.objectContaining({ name: 'shop' }) as unknown, app: 'web' };

  test.each<[string, Placement, Setting, object[]]>([
    [
      'an allOf item that matches nothing, with a near label value',
      { allOf: [edge, { matchLabels: { tier: 'egde' } }] },
      {},
      [
        {
          code: 'placement-matches-nothing',
          message: 'Cannot place app "web": allOf[1] matches no cluster: label tier=egde',
          hint: 'Did you mean label tier "edge" instead of "egde"?',
          source: { file: 'shop#spec.apps.0.placement.allOf.1' },
        },
      ],
    ],
    [
      'a near label key',
      { anyOf: [{ clusterLabel: 'gpus' }] },
      {},
      [
        {
          message: 'Cannot place app "web": anyOf matches no cluster: label gpus',
          hint: 'Did you mean label "gpu" instead of "gpus"?',
          source: { file: 'shop#spec.apps.0.placement.anyOf' },
        },
      ],
    ],
    [
      'nothing near',
      { anyOf: [{ matchLabels: { tier: 'moon' } }] },
      {},
      [{ hint: 'Compare the selector with the labels of the Cluster documents' }],
    ],
    [
      'every empty item',
      { allOf: [{ clusterLabel: 'x' }, { anyOf: [{ clusterLabel: 'y' }] }] },
      {},
      [{ message: /allOf\[0\] / }, { message: /allOf\[1\]\.anyOf / }],
    ],
    [
      'not what validation reports: unknown names',
      { allOf: [{ cluster: 'x' }, { anyOf: [{ provider: 'y' }] }], anyOf: [{ ...metal, cluster: 'dublin' }] },
      {},
      [],
    ],
    [
      'clusters that are all ruled out, and why',
      { allOf: [{ cluster: 'cellar' }] },
      { cloud: makeCloud({ clusters: [azure] }) },
      [
        {
          message:
            'Cannot place app "web": every cluster that allOf[0] matches is ruled out: metal+cellar: its state is Removed, logical cloud "retail" does not span it',
        },
      ],
    ],
    [
      'a count that is too high',
      { anyOf: [metal], count: 2 },
      {},
      [
        {
          code: 'too-few-clusters',
          message: 'Cannot place app "web" on 2 clusters: anyOf has 1, others are ruled out: metal+cellar: its state is Removed',
          hint: 'Lower count to 1, or widen the selectors of anyOf',
          source: { file: 'shop#spec.apps.0.placement.count' },
        },
      ],
    ],
    [
      'count without anyOf',
      { allOf: [edge], count: 2 },
      {},
      [{ code: 'count-without-any-of', source: { file: 'shop#spec.apps.0.placement.count~key' } }],
    ],
    [
      'a bad expression, without the emptiness that comes of it',
      { allOf: [{ expression: 'cluster.nam == "x"' }] },
      {},
      [
        {
          code: 'bad-expression',
          message: 'Cannot use the expression of placement.allOf[0]: no such key: nam (column 9)',
          source: { file: 'shop#spec.apps.0.placement.allOf.0.expression' },
        },
      ],
    ],
    [
      'a bad requirement',
      { allOf: [{ anyOf: [edge, { matchExpressions: [{ key: 'tier', operator: 'In' }] }] }] },
      {},
      [
        {
          code: 'bad-match-expression',
          message: 'Cannot use placement.allOf[0].anyOf[1].matchExpressions[0]: operator In needs values',
          source: { file: 'shop#spec.apps.0.placement.allOf.0.anyOf.1.matchExpressions.0' },
        },
      ],
    ],
    [
      "a customization's bad selector",
      { allOf: [edge] },
      { app: { customize: [{ clusters: edge }, { clusters: { expression: '1' } }] } },
      [
        {
          code: 'bad-expression',
          message: 'Cannot use the expression of customize[1].clusters: it must be true or false, but is of type int',
        },
      ],
    ],
  ])('%s', (_, placement, setting, expected) => {
    const { diagnostics } = placeOne(placement, setting);
    const patterns = expected.map((one) =>
      'message' in one && one.message instanceof RegExp ? { message: expect.stringMatching(one.message) as unknown } : one,
    );
    expect(diagnostics).toMatchObject(patterns.map((one) => ({ severity: 'error', reach, ...one })));
    expect(diagnostics).toHaveLength(expected.length);
  });

  test("a logical cloud's bad selector once, and lets its apps be placed", () => {
    const cloud = makeCloud({ clusters: [{ expression: 'nope' }] });
    const { diagnostics, chosen } = placeOne({ allOf: [edge] }, { cloud });
    expect(diagnostics).toMatchObject([
      {
        code: 'bad-expression',
        reach: { kind: 'context', context: { kind: 'LogicalCloud' } },
        source: { file: 'cloud-retail#spec.clusters.0.expression' },
      },
    ]);
    expect(chosen).toHaveLength(3);
  });
});

test('a logical cloud with a selector that validation reports rules nothing out', () => {
  const cloud = makeCloud({ clusters: [{ provider: 'nobody' }] });
  expect(placeOne({ allOf: [edge] }, { cloud })).toMatchObject({ diagnostics: [], chosen: ['azure+berlin', 'azure+dublin', 'metal+roof'] });
});

test('a bad expression is marked where it stands in the line, in quotes or not', () => {
  const expression = 'cluster.nam == 1';
  const deployment = makeDeployment([makeApp({ placement: { allOf: [{ expression }] } })]);
  const columnOf = (length: number) => {
    const at = (path: readonly (string | number)[]) => ({ ...deployment.at(path), column: 20, length });
    const [diagnostic] = place(makeIntents({ clusters: fleet, deployments: [{ ...deployment, at }] })).diagnostics;
    return [diagnostic!.source!.column, diagnostic!.source!.length];
  };
  expect(columnOf(expression.length)).toEqual([28, 3]);
  expect(columnOf(expression.length + 2)).toEqual([29, 3]);
  expect(columnOf(expression.length + 5)).toEqual([20, expression.length + 5]);
});

describe('what an app that is a chart requests is recorded:', () => {
  const chart = { repository: 'oci://example.net/charts', name: 'web', version: '1.2.3' };
  const demand = { total: { cpu: '200m' }, perNode: { memory: '64Mi' } };
  const vendored = (repository: string) => new Map([['web/1.2.3', { repository, defaults: {}, schema: undefined, demand }]]);

  test.each<[string, Source, ReadonlyMap<string, VendoredChart>, unknown]>([
    [
      'as declared',
      { chart: { ...chart, demand: { cpu: 0.5 } } },
      vendored(chart.repository),
      { from: 'intent', total: { cpu: '500m' }, perNode: {} },
    ],
    ['as vendored', { chart }, vendored(`${chart.repository}/`), { from: 'vendored chart', ...demand }],
    ['not as vendored from elsewhere', { chart }, vendored('oci://example.net/others'), undefined],
    ['not where nobody knows', { chart }, new Map(), undefined],
    ['not of a template', { template: 'web' }, vendored(chart.repository), undefined],
  ])('%s', (_, source, charts, recorded) => {
    const deployment = makeDeployment([makeApp({ source })]);
    const [placement] = place(makeIntents({ clusters: [makeCluster('metal+roof')], deployments: [deployment], charts })).value;
    expect(placement?.decision.demand).toEqual(recorded);
  });
});
