import { describe, expect, test } from 'vitest';
import { makeApp, makeCloud, makeCluster, makeDeployment, makeIntents } from '../../test/support/intents.ts';
import type { App, ClusterSelector } from '../model/api.generated.ts';
import { place } from './place.ts';

const fleet = [
  makeCluster('azure+berlin', { labels: { tier: 'edge' } }),
  makeCluster('metal+cellar', { labels: { tier: 'central' } }),
  makeCluster('metal+attic', { labels: { tier: 'attic' }, state: 'Removed' }),
];
const edge: ClusterSelector = { matchLabels: { tier: 'edge' } };
const misspelt: ClusterSelector = { matchLabels: { tier: 'egde' } };

function placed(app: Partial<App>, members?: readonly ClusterSelector[], parts: { readonly lacksClusters?: true } = {}) {
  const [first, ...others] = members ?? [];
  const cloud = makeCloud(first ? { clusters: [first, ...others] } : {});
  const deployment = makeDeployment([makeApp({ placement: { allOf: [edge] }, ...app })]);
  return place({ ...makeIntents({ clusters: fleet, clouds: [cloud], deployments: [deployment] }), ...parts });
}

describe('a logical cloud', () => {
  test('that no cluster matches is told itself, and its apps are not', () => {
    const { diagnostics } = placed({}, [misspelt, { clusterLabel: 'stores' }]);
    expect(diagnostics).toMatchObject([
      {
        code: 'cloud-spans-nothing',
        severity: 'error',
        message: 'Cannot place logical cloud "retail": no cluster matches its selectors: label tier=egde; label stores',
        hint: 'Did you mean label tier "edge" instead of "egde"?',
        source: { file: 'cloud-retail#spec.clusters~key' },
        reach: { kind: 'context', context: { kind: 'LogicalCloud' } },
      },
    ]);
  });

  test('with one selector among others that matches nothing is warned', () => {
    expect(placed({}, [edge, misspelt]).diagnostics).toMatchObject([
      { code: 'idle-selector', severity: 'warning', source: { file: 'cloud-retail#spec.clusters.1' } },
    ]);
  });

  test('of removed clusters only spans them, and its apps are told why they find no place', () => {
    const { diagnostics } = placed({}, [{ matchLabels: { tier: 'attic' } }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['placement-matches-nothing']);
  });
});

test('an agent installation for no cluster is warned', () => {
  const at = makeCloud().at;
  const value = {
    apiVersion: 'espalier.dev/v1alpha1',
    kind: 'AgentInstallation',
    metadata: { name: 'next' },
    spec: { clusters: misspelt, version: '2.9' },
  } as const;
  const { diagnostics } = place({ ...makeIntents({ clusters: fleet }), installations: [{ value, at }] });
  expect(diagnostics).toMatchObject([{ code: 'idle-selector', severity: 'warning', reach: { kind: 'run' } }]);
});

describe('an app', () => {
  test('is warned of a selector of anyOf that matches nothing while another does', () => {
    expect(placed({ placement: { anyOf: [misspelt, edge] } }).diagnostics).toMatchObject([
      {
        code: 'idle-selector',
        message: 'Selector placement.anyOf[0] matches no cluster: label tier=egde',
        source: { file: 'shop#spec.apps.0.placement.anyOf.0' },
      },
    ]);
  });

  test.each<readonly [string, ClusterSelector, object]>([
    [
      'matches clusters that the app is not placed on',
      { provider: 'metal' },
      {
        message:
          'Selector customize[0].clusters of app "web" matches none of the app\'s clusters: provider metal matches metal+attic; metal+cellar',
        hint: 'Place the app there too, or choose clusters that it is placed on',
      },
    ],
    ['matches nothing', misspelt, { hint: 'Did you mean label tier "edge" instead of "egde"?' }],
  ])('is warned of a customization that %s', (_name, clusters, expected) => {
    expect(placed({ customize: [{ clusters }, { clusters: edge }] }).diagnostics).toMatchObject([
      { code: 'idle-customization', severity: 'warning', source: { file: 'shop#spec.apps.0.customize.0.clusters' }, ...expected },
    ]);
  });

  test('that its cloud keeps from all clusters is told of the selector there that matches nothing, and of nothing that follows', () => {
    const central: ClusterSelector = { matchLabels: { tier: 'central' } };
    const app: Partial<App> = { placement: { allOf: [edge, central] }, customize: [{ clusters: edge }] };
    const { diagnostics } = placed(app, [misspelt, central]);
    expect(diagnostics).toMatchObject([
      { code: 'idle-selector' },
      {
        code: 'placement-matches-nothing',
        hint: 'Did you mean label tier "edge" instead of "egde", in logical cloud "retail"?',
      },
    ]);
  });

  const inner: ClusterSelector = { matchLabels: { tier: 'central' } };

  test.each<readonly [string, Partial<App>, readonly ClusterSelector[], readonly string[]]>([
    [
      "its cloud's misspelt selector",
      { placement: { allOf: [{}] }, customize: [{ clusters: edge }] },
      [misspelt, inner],
      ['idle-selector'],
    ],
    ['its own misspelt selector', { placement: { anyOf: [misspelt, inner] }, customize: [{ clusters: edge }] }, [], ['idle-selector']],
    [
      'no selector, whatever the cloud has',
      { placement: { allOf: [edge] }, customize: [{ clusters: inner }] },
      [misspelt, {}],
      ['idle-selector', 'idle-customization'],
    ],
    [
      'itself',
      { placement: { anyOf: [misspelt, inner] }, customize: [{ clusters: misspelt }] },
      [],
      ['idle-selector', 'idle-customization'],
    ],
  ])('whose customization finds nothing because of %s', (_cause, app, members, codes) => {
    expect(placed(app, members).diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  test('that finds no place at all is told that only', () => {
    const { diagnostics } = placed({ placement: { allOf: [misspelt] }, customize: [{ clusters: edge }] });
    expect(diagnostics.map(({ code }) => code)).toEqual(['placement-matches-nothing']);
  });
});

test('while some Cluster document cannot be used, nothing follows from what does not match', () => {
  const { diagnostics } = placed({ customize: [{ clusters: misspelt }] }, [misspelt], { lacksClusters: true });
  expect(diagnostics).toEqual([]);
});
