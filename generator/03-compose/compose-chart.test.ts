import { describe, expect, test } from 'vitest';
import { makeApp, makeCluster, makeDeployment } from '../../test/support/intents.ts';
import type { App, Chart } from '../model/api.generated.ts';
import type { KnownCluster } from '../model/intents.ts';
import { compose } from './compose.ts';

const chart: Chart = {
  repository: 'oci://example.net/charts',
  name: 'web',
  version: '1.2.3',
  variables: { 'ui.site': 'site', host: 'domain' },
};
const edge = makeCluster('metal+roof', { labels: { tier: 'edge' }, variables: { site: 'roof' } });
const core = makeCluster('metal+cellar', { labels: { tier: 'core' } });

function jobOf(app: Partial<App>, cluster: KnownCluster = edge) {
  const deployment = makeDeployment([makeApp({ source: { chart }, ...app })]);
  const { value, diagnostics } = compose({ deployment, app: { value: deployment.value.spec.apps[0], at: deployment.at }, cluster });
  expect(diagnostics).toEqual([]);
  return value!;
}

describe("a chart's values are", () => {
  const customize: App['customize'] = [
    { clusters: { matchLabels: { tier: 'edge' } }, values: { replicas: 1, list: [3] } },
    { clusters: { matchLabels: { tier: 'core' } }, values: { replicas: 5 } },
    { clusters: {}, values: { ui: { colour: null } } },
  ];

  test.each<[string, Partial<App>, KnownCluster, unknown]>([
    ['declared variables that the cluster has', {}, edge, { ui: { site: 'roof' } }],
    ['nothing where it has none', {}, core, {}],
    ["the app's, over variables", { values: { ui: { site: 'here', a: [1] } } }, edge, { ui: { site: 'here', a: [1] } }],
    [
      'customizations that match, in order; lists are replaced, null stays',
      { values: { list: [1, 2], ui: { colour: 'red' } }, customize },
      edge,
      { list: [3], replicas: 1, ui: { colour: null, site: 'roof' } },
    ],
    ['others on other clusters', { customize }, core, { replicas: 5, ui: { colour: null } }],
  ])('%s', (_, app, cluster, values) => {
    expect(jobOf(app, cluster).values).toEqual(values);
  });
});

test('a key such as __proto__ stays a key', () => {
  const values = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"a": 1}}') as Record<string, unknown>;
  const job = jobOf({ values });
  expect(Object.keys(job.values).sort()).toEqual(['__proto__', 'constructor', 'ui']);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

describe('the key of a chart', () => {
  test('is the same for equal values in whatever order, and for clusters that do not differ', () => {
    const keys = [jobOf({ values: { a: 1, b: 2 } }), jobOf({ values: { b: 2, a: 1 } }), jobOf({ name: 'other', values: { a: 1, b: 2 } })];
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1);
  });

  test('differs by chart, values and patches', () => {
    const patches = [{ target: { kind: 'Service' }, strategic: { a: 1 } }];
    const jobs = [
      jobOf({}),
      jobOf({}, core),
      jobOf({ source: { chart: { ...chart, version: '1.2.4' } } }),
      jobOf({ customize: [{ clusters: {}, patches }] }),
    ];
    expect(new Set(jobs.map(({ key }) => key)).size).toBe(4);
  });

  test('is one job for all clusters that look alike', () => {
    const deployment = makeDeployment([makeApp({ source: { chart } })]);
    const app = { value: deployment.value.spec.apps[0], at: deployment.at };
    const twin = makeCluster('metal+twin', { variables: { site: 'roof' } });
    expect(compose({ deployment, app, cluster: edge }).value).toBe(compose({ deployment, app, cluster: twin }).value);
  });
});
