import { describe, expect, test } from 'vitest';
import { makeApp, makeCluster, makeDeployment, makeTemplate } from '../../test/support/intents.ts';
import type { App, TemplateSpec } from '../model/api.generated.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { ComposeRequest } from '../model/render.ts';
import { compose } from './compose.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['replicas'],
  properties: {
    replicas: { type: 'integer', minimum: 1, default: 1, description: 'Number of pods.' },
    tag: { type: 'string', default: '1.29' },
    level: { enum: ['debug', 'info'] },
    hosts: { type: 'array', items: { type: 'string' } },
    ingress: {
      type: 'object',
      additionalProperties: false,
      required: ['host'],
      properties: { host: { type: 'string', default: 'localhost' }, path: { type: 'string' } },
    },
  },
};

const edge = makeCluster('azure+dublin', { labels: { tier: 'edge' }, variables: { domain: 'd.example.net', size: 'two' } });
const core = makeCluster('azure+zurich', { labels: { tier: 'core' } });

interface Setting {
  readonly cluster?: KnownCluster;
  readonly template?: Partial<TemplateSpec>;
}

function requestFor(app: Partial<App>, { cluster = edge, template = {} }: Setting = {}): ComposeRequest {
  const value = makeApp(app);
  const deployment = makeDeployment([value]);
  const at: ComposeRequest['app']['at'] = (path, part) => deployment.at(['spec', 'apps', 0, ...path], part);
  return { deployment, app: { value, at }, cluster, template: makeTemplate({ values: schema, ...template }) };
}

const valuesOf = (app: Partial<App>, setting?: Setting) => compose(requestFor(app, setting)).value?.values;

test.each<[string, Partial<App>, Setting, object]>([
  ['the defaults', {}, {}, { replicas: 1, tag: '1.29', ingress: { host: 'localhost' } }],
  [
    'cluster variables over defaults',
    {},
    { template: { variables: { 'ingress.host': 'domain' } } },
    { ingress: { host: 'd.example.net' } },
  ],
  [
    'the default where the cluster lacks the variable',
    {},
    { cluster: core, template: { variables: { 'ingress.host': 'domain' } } },
    { ingress: { host: 'localhost' } },
  ],
  [
    'the intent over cluster variables',
    { values: { ingress: { host: 'x' } } },
    { template: { variables: { 'ingress.host': 'domain' } } },
    { ingress: { host: 'x' } },
  ],
  [
    'matching customizations over the intent, in order',
    {
      values: { replicas: 2, tag: 'a', ingress: { host: 'x' } },
      customize: [
        { clusters: { matchLabels: { tier: 'edge' } }, values: { replicas: 3, tag: 'b' } },
        { clusters: { matchLabels: { tier: 'core' } }, values: { replicas: 9 } },
        { clusters: {}, values: { replicas: 4, ingress: { path: '/' } } },
      ],
    },
    {},
    { replicas: 4, tag: 'b', ingress: { host: 'x', path: '/' } },
  ],
])('values are %s', (_, app, setting, values) => {
  expect(valuesOf(app, setting)).toMatchObject(values);
});

test('null takes a value and its default away; lists are replaced', () => {
  const customize = [{ clusters: {}, values: { tag: null, hosts: ['b'] } }];
  expect(valuesOf({ values: { hosts: ['a', 'c'] }, customize })).toEqual({ replicas: 1, hosts: ['b'], ingress: { host: 'localhost' } });
});

test('large integers keep their digits', () => {
  const template = { values: { properties: { id: { type: 'integer' } } } };
  expect(valuesOf({ values: { id: 9007199254740993n } }, { template })).toEqual({ id: 9007199254740993n });
});

test('a template without a schema takes no values', () => {
  const request = requestFor({ values: { a: 1 } });
  expect(compose({ ...request, template: makeTemplate() }).diagnostics).toMatchObject([
    { code: 'unknown-value', hint: 'Remove it: the template takes no values here' },
  ]);
});

describe('patches', () => {
  const target = { kind: 'Deployment' };

  test('come from matching customizations, in order', () => {
    const customize: App['customize'] = [
      {
        clusters: {},
        patches: [
          { target, strategic: { spec: { a: 1 } } },
          { target, json6902: [{ op: 'remove', path: '/spec' }] },
        ],
      },
      { clusters: { cluster: 'zurich' }, patches: [{ target, merge: { c: 1 } }] },
      { clusters: {}, patches: [{ target, merge: { b: null } }] },
    ];
    expect(compose(requestFor({ customize })).value?.patches).toEqual([
      { target, type: 'strategic', patch: { spec: { a: 1 } } },
      { target, type: 'json6902', patch: [{ op: 'remove', path: '/spec' }] },
      { target, type: 'merge', patch: { b: null } },
    ]);
  });
});

describe('the key of a job', () => {
  const key = (app: Partial<App>, setting?: Setting) => compose(requestFor(app, setting)).value?.key;

  test('is the same for equal values, whoever gave them and in whatever order', () => {
    const values = { tag: 'x', replicas: 2 };
    const same = [{ values }, { values: { replicas: 2, tag: 'x' } }, { name: 'other', values }, { customize: [{ clusters: {}, values }] }];
    expect(new Set(same.map((app) => key(app))).size).toBe(1);
    expect(key({ values }, { cluster: core })).toBe(key({ values }));
  });

  test('differs by values, patches and template', () => {
    const request = requestFor({});
    const patched = { customize: [{ clusters: {}, patches: [{ target: { kind: 'Service' }, merge: { a: 1 } }] }] };
    const other = compose({ ...request, template: { ...request.template!, digest: 'changed' } }).value?.key;
    expect(new Set([key({}), key({ values: { replicas: 2 } }), key(patched), other]).size).toBe(4);
  });

  test('equal values come in one order of members', () => {
    const values = compose(requestFor({ values: { tag: 'x', hosts: [] } })).value?.values;
    expect(Object.keys(values ?? {})).toEqual(['hosts', 'ingress', 'replicas', 'tag']);
  });
});

describe('compose() reports', () => {
  const wrong = (values: Record<string, unknown>) => ({ clusters: {}, values });
  const variables = { replicas: 'size' };

  test.each<[string, Partial<App>, Setting, object[]]>([
    [
      "a wrong type at the intent's value",
      { values: { replicas: 'two' } },
      {},
      [
        {
          code: 'bad-value',
          message: 'Cannot use value "replicas" of app "web": expected a whole number, found the text "two"',
          hint: 'The template describes "replicas" as: Number of pods',
          source: { file: 'shop#spec.apps.0.values.replicas' },
          reach: { kind: 'context', app: 'web' },
        },
      ],
    ],
    [
      "a wrong value at the customization's",
      { values: { replicas: 2 }, customize: [wrong({ tag: 'x' }), wrong({ replicas: 0 })] },
      {},
      [
        {
          message: 'Cannot use value "replicas" of app "web": expected 1 or more, found the number 0',
          source: { file: 'shop#spec.apps.0.customize.1.values.replicas' },
        },
      ],
    ],
    [
      'the legal values',
      { values: { level: 'trace' } },
      {},
      [{ message: 'Cannot use value "level" of app "web": expected one of "debug", "info", found the text "trace"' }],
    ],
    [
      "a cluster variable, at the app's name and the variable",
      {},
      { template: { variables } },
      [
        {
          message: 'Cannot use value "replicas" of app "web": expected a whole number, found the text "two" (from cluster variable "size")',
          source: { file: 'shop#spec.apps.0.name' },
          related: [{ message: 'Variable "size" of cluster "azure+dublin"', source: { file: 'azure+dublin#spec.variables.size' } }],
        },
      ],
    ],
    [
      "a cluster variable, at the app's values",
      { values: { tag: 'x' } },
      { template: { variables } },
      [{ source: { file: 'shop#spec.apps.0.values~key' } }],
    ],
    [
      'an item of a list',
      { values: { hosts: ['a', 7] } },
      {},
      [
        {
          message: 'Cannot use value "hosts[1]" of app "web": expected a text, found the number 7',
          source: { file: 'shop#spec.apps.0.values.hosts.1' },
        },
      ],
    ],
    [
      'an unknown value, and what was meant',
      { values: { replica: 2 } },
      {},
      [
        {
          code: 'unknown-value',
          message: 'Cannot use value "replica" of app "web": template "web" does not know it',
          hint: 'Did you mean "replicas"?',
          source: { file: 'shop#spec.apps.0.values.replica~key' },
        },
      ],
    ],
    [
      'an unknown nested value, and what is known',
      { customize: [wrong({ ingress: { zzz: 1 } })] },
      {},
      [
        {
          message: /"ingress.zzz"/,
          hint: 'Known here: host, path',
          source: { file: 'shop#spec.apps.0.customize.0.values.ingress.zzz~key' },
        },
      ],
    ],
    [
      'a missing value',
      { values: { tag: 'x' } },
      { template: { values: { required: ['name'], properties: { name: { description: 'Its name' } } } } },
      [
        {
          code: 'missing-value',
          message: 'Cannot render app "web": template "web" requires value "name"',
          hint: 'Give "name": Its name',
          source: { file: 'shop#spec.apps.0.values~key' },
        },
      ],
    ],
    [
      'a required value that null took away',
      { values: { replicas: null } },
      {},
      [
        {
          message: 'Cannot take value "replicas" away from app "web": template "web" requires it',
          source: { file: 'shop#spec.apps.0.values.replicas' },
        },
      ],
    ],
    [
      'a missing value at the object that lacks it',
      { values: { ingress: { path: '/' } } },
      { template: { values: { properties: { ingress: { required: ['host'] } } } } },
      [{ message: /requires value "ingress.host"/, source: { file: 'shop#spec.apps.0.values.ingress.host' } }],
    ],
    [
      "a default that breaks the template's own schema",
      {},
      { template: { values: { properties: { a: { type: 'string', default: 1 } } } } },
      [{ message: `Cannot use value "a" of app "web": expected a text, found the number 1 (from the template's default)` }],
    ],
    [
      'every mistake',
      { values: { replicas: 0, tag: 1, x: 1 } },
      {},
      [{ code: 'unknown-value' }, { message: /replicas/ }, { message: /tag/ }],
    ],
    [
      'a choice once, not its branches',
      { values: { port: true } },
      {
        template: {
          values: {
            definitions: { n: { type: 'integer' } },
            properties: { port: { anyOf: [{ $ref: '#/definitions/n' }, { type: 'string' }] } },
          },
        },
      },
      [{ message: 'Cannot use value "port" of app "web": expected one of the forms that the schema offers, found true' }],
    ],
    [
      'a value named like a part of every object as missing',
      {},
      { template: { values: { required: ['constructor'] } } },
      [{ code: 'missing-value', message: /"constructor"/ }],
    ],
    ...([{ type: 'nonsense' }, { $ref: 'https://example.com/schema.json' }, { $async: true }] as const).map(
      (values): [string, Partial<App>, Setting, object[]] => [
        `a schema that cannot be used: ${JSON.stringify(values)}`,
        {},
        { template: { values } },
        [{ code: 'bad-values-schema', source: { file: 'template-web#spec.values' }, reach: { kind: 'template', template: 'web' } }],
      ],
    ),
  ])('%s', (_, app, setting, expected) => {
    const { value, diagnostics } = compose(requestFor(app, setting));
    expect(value).toBeUndefined();
    const patterns = expected.map((one) =>
      'message' in one && one.message instanceof RegExp ? { ...one, message: expect.stringMatching(one.message) as unknown } : one,
    );
    expect(diagnostics).toMatchObject(patterns);
    expect(diagnostics).toHaveLength(expected.length);
  });

  test('the same whether or not another cluster was composed before', () => {
    const request = requestFor({ values: { tag: 1 } }, { template: { variables } });
    const twin = makeCluster('azure+berlin', { variables: { size: 'two' } });
    compose({ ...request, cluster: twin });
    const after = compose(request);
    const fresh = compose(requestFor({ values: { tag: 1 } }, { template: { variables } }));
    expect(after.diagnostics).toEqual(fresh.diagnostics);
    expect(JSON.stringify(after.diagnostics)).toContain('azure+dublin');
  });
});

test('two templates with one $id do not meet', () => {
  const both = ['integer', 'string'].map((type) => ({ values: { $id: 'https://example.com/values', properties: { a: { type } } } }));
  expect(both.map((template) => compose(requestFor({ values: { a: 1 } }, { template })).diagnostics.length)).toEqual([0, 1]);
});

test('schemas and values without a prototype, and large limits, are checked like others', () => {
  const bare = <T extends object>(value: T): T => Object.assign(Object.create(null) as T, value);
  const items = { type: 'object' };
  const values = bare({ properties: bare({ id: { maximum: 9007199254740993n }, list: { uniqueItems: true, items } }) });
  const given = (id: number) => requestFor({ values: bare({ id, list: [bare({ a: 1 }), bare({ a: 2 })] }) }, { template: { values } });
  expect(compose(given(1)).diagnostics).toEqual([]);
  expect(compose(given(1e17)).diagnostics).toMatchObject([{ code: 'bad-value' }]);
});
