import { describe, expect, test } from 'vitest';
import { makeApp, makeCluster, makeDeployment } from '../../test/support/intents.ts';
import type { App, Chart } from '../model/api.generated.ts';
import type { KnownCluster, VendoredChart } from '../model/intents.ts';
import type { JsonObject } from '../model/json.ts';
import type { Locate } from '../model/source.ts';
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

describe("where a chart's schema is vendored, its values", () => {
  const schema: JsonObject = {
    type: 'object',
    required: ['replicas', 'host'],
    properties: {
      replicas: { type: 'integer', minimum: 1, description: 'Number of pods.' },
      host: { type: 'string' },
      image: { type: 'object', additionalProperties: false, properties: { tag: { type: 'string', pattern: '^[0-9.]+$' } } },
      broken: { type: 'string' },
    },
  };
  // A default of the chart's own that its schema does not take is nobody's mistake here.
  const defaults = { replicas: 1, broken: null, image: { tag: '1.27' } };

  interface Setting {
    readonly app?: Partial<App>;
    readonly own?: JsonObject | string;
    readonly chart?: Partial<Chart>;
  }

  function check(values: JsonObject, { app = {}, own = schema, chart: more = {} }: Setting = {}): readonly string[] {
    const source = { chart: { ...chart, ...more } };
    const deployment = makeDeployment([makeApp({ source, values, ...app })]);
    const at: Locate = (path, part) => deployment.at(path, part);
    const vendored: VendoredChart = { repository: chart.repository, defaults, schema: own, demand: undefined };
    const { value, diagnostics } = compose({ deployment, app: { value: deployment.value.spec.apps[0], at }, cluster: core, vendored });
    expect(value === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
    return diagnostics.map(({ code, source: place, message }) => `${code} ${place?.file.split('#')[1]}: ${message}`);
  }

  test.each<[string, JsonObject, readonly RegExp[]]>([
    ['are right', { host: 'a', replicas: 2, anything: [1] }, []],
    ['are wrong', { host: 'a', replicas: 0 }, [/^bad-value values\.replicas: .*expected 1 or more/]],
    ['are misspelt', { host: 'a', image: { tagg: '1' } }, [/^unknown-value values\.image\.tagg~key: .*chart "web" does not know it/]],
    ['are missing', {}, [/^missing-value .*chart "web" requires value "host"/]],
    ['are taken away', { host: 'a', replicas: null }, [/^missing-value values\.replicas: .*take value "replicas" away/]],
    ['break a pattern', { host: 'a', image: { tag: 'v1' } }, [/^bad-value values\.image\.tag/]],
  ])('%s', (_, values, expected) => {
    const found = check(values);
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
  });

  test('may come from the cluster, so that nothing is missing for sure', () => {
    expect(check({}, { chart: { valuesFrom: [{ kind: 'Secret', name: 'login' }] } })).toEqual([]);
  });

  test('are checked with customizations, at their place', () => {
    const customize: App['customize'] = [{ clusters: {}, values: { replicas: 'many' } }];
    expect(check({ host: 'a' }, { app: { customize } })).toEqual([expect.stringMatching(/^bad-value customize\.0\.values\.replicas/)]);
  });

  test.each<[string, JsonObject]>([
    [
      'draft 4',
      { $schema: 'http://json-schema.org/draft-04/schema#', id: 'x', properties: { replicas: { minimum: 0, exclusiveMinimum: true } } },
    ],
    ['draft 6', { $schema: 'http://json-schema.org/draft-06/schema#', properties: { replicas: { exclusiveMinimum: 0 } } }],
    [
      '2019-09',
      {
        $schema: 'https://json-schema.org/draft/2019-09/schema',
        $id: 'https://example.net/a',
        $defs: { n: { minimum: 1 } },
        properties: { replicas: { $ref: '#/$defs/n' } },
      },
    ],
    ['2020-12', { $schema: 'https://json-schema.org/draft/2020-12/schema', properties: { replicas: { exclusiveMinimum: 0 } } }],
    ['no dialect', { properties: { replicas: { exclusiveMinimum: 0 } } }],
  ])('are checked by a schema of %s', (_, own) => {
    expect(check({ replicas: 0 }, { own })).toEqual([expect.stringMatching(/^bad-value values\.replicas/)]);
    expect(check({ replicas: 1 }, { own })).toEqual([]);
  });

  test.each<[string, JsonObject | string, RegExp]>([
    [
      'leaves the file',
      { properties: { host: { $ref: 'https://example.net/host.json' } } },
      /refers to "https:\/\/example.net\/host.json"/,
    ],
    ['names a file', { properties: { host: { $ref: 'file:///etc/passwd' } } }, /refers to "file:/],
    ['is of another dialect', { $schema: 'https://example.net/own' }, /a dialect that is not known/],
    ['needs backtracking', { properties: { host: { type: 'string', pattern: '^(?=a)a+$' } } }, /is not sound/],
    ['leads nowhere', { properties: { host: { $ref: '#/definitions/none' } } }, /is not sound/],
    ['is no schema', { properties: { host: { type: 'text' } } }, /is not sound/],
    ['is asynchronous', { $async: true }, /\$async/],
    ['is no JSON', 'its schema is no JSON', /its schema is no JSON/],
  ])('are not checked by a schema that %s, with a warning', (_, own, reason) => {
    const [found, ...others] = check({ host: 'a' }, { own });
    expect(found).toMatch(/^values-unchecked source\.chart~key: /);
    expect(found).toMatch(reason);
    expect(others).toEqual([]);
  });

  test('are judged in time linear in a long text', () => {
    const own = { properties: { host: { type: 'string', pattern: '^(a+)+$' } } };
    expect(check({ host: `${'a'.repeat(50_000)}b` }, { own })).toHaveLength(1);
  });
});
