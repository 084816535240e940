import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base, brief, checkTexts, edited, inputOf, type Texts } from '../../test/support/check-texts.ts';
import { load } from '../01-load/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { validate } from './validate.ts';

const CLUSTERS = 'intents/clusters.yaml';
const RETAIL = 'intents/retail.yaml';
const TEMPLATE = 'templates/apps/web/template.yaml';

function briefOf(texts: Texts): readonly string[] {
  return brief(checkTexts(texts).diagnostics, texts);
}

function only(diagnostics: readonly Diagnostic[]): Diagnostic {
  expect(diagnostics).toHaveLength(1);
  return diagnostics[0]!;
}

test('validate() takes a fleet without mistakes and sorts it by identity', () => {
  const { value, diagnostics } = checkTexts(base);
  expect(diagnostics).toEqual([]);
  expect(value.clusters.map(({ id, slug }) => [id, slug])).toEqual([
    ['provider1+cluster1', 'provider1-cluster1'],
    ['provider1+cluster2', 'provider1-cluster2'],
  ]);
  expect(value.clouds.map(({ namespace, context }) => [namespace, context.id])).toEqual(
    [['retail', '9072415513990310440']].map(([name]) => [name, value.clouds[0]?.context.id]),
  );
  expect(value.deployments[0]?.at(['spec', 'apps', 0, 'name'])).toMatchObject({ file: RETAIL, line: 16, column: 11 });
  expect([...value.templates.keys()]).toEqual(['web']);
  expect([...(value.templates.get('web')?.files.keys() ?? [])]).toEqual(['web.yaml.hbs']);
});

describe('validate() reports a breach of a schema at its place', () => {
  test.each([
    ['an unknown field', RETAIL, 'logicalCloud:', 'logicalClould:', ['unknown-field logicalClould']],
    ['an unknown field in a list', RETAIL, 'values: {replicas', 'value: {replicas', ['unknown-field value']],
    ['a number without a unit', RETAIL, '  version: 1.4.0\n', '  version: 1.4.0\n  delivery: {interval: 10}\n', ['wrong-type 10']],
    ['a missing field', RETAIL, '  version: 1.4.0\n', '', ['missing-field spec']],
    ['a number as text', RETAIL, '1.4.0', '1.10', ['wrong-type 1.10']],
    ['a text as number', RETAIL, '{allOf: [{matchLabels: {tier: edge}}]}', '{anyOf: [{}], count: "2"}', ['wrong-type "2"']],
    ['nothing', RETAIL, 'logicalCloud: retail', 'logicalCloud:', ['wrong-type ']],
    [
      'a choice',
      RETAIL,
      '{name: shop, namespace: retail}\nspec:',
      '{name: shop, namespace: retail}\nspec:\n  delivery: {deletionPolicy: orphan}',
      ['invalid-field orphan'],
    ],
    ['a count below one', RETAIL, '{allOf: [{matchLabels: {tier: edge}}]}', '{anyOf: [{}], count: 0}', ['invalid-field 0']],
    ['an empty placement', RETAIL, '{allOf: [{matchLabels: {tier: edge}}]}', '{}', ['invalid-field {']],
    ['an empty list', RETAIL, '{allOf: [{matchLabels: {tier: edge}}]}', '{allOf: []}', ['invalid-field [']],
    ['a name', RETAIL, '- name: web', '- name: Web_Server', ['bad-name Web_Server']],
    ['a label', CLUSTERS, 'tier: central', 'tier: "cen tral"', ['invalid-field "cen']],
    ['a key of a label', CLUSTERS, 'tier: central', '"ti er": central', ['invalid-field "ti']],
    ['a variable of a wrong type', CLUSTERS, '{ingressDomain: c1.example.net}', '{ingressDomain: [c1]}', ['wrong-type [']],
    [
      'two of the three fields of gitOps',
      CLUSTERS,
      'gitOps: {gitOpsType: fluxv2, gitOpsReferenceObject: fleet-git, gitOpsResourceObject: fleet-git, agentVersion: "2.9"}\n  variables',
      'gitOps: {gitOpsType: fluxv2}\n  variables',
      ['incomplete-gitops gitOps'],
    ],
  ])('%s', (_, path, from, to, expected) => {
    expect(briefOf(edited(path, { from, to }))).toEqual(expected);
  });

  test.each([
    ['a project that is no name', '{project: A B}', 'invalid-field A'],
    ['a form that there is not', '{form: helm}', 'invalid-field helm'],
    ['a server without TLS', '{server: "http://a.example"}', 'invalid-field "http'],
    ['a server with a password', '{server: "https://a:b@a.example"}', 'invalid-field "https', 'literal-secret "https'],
    ['every server', '{server: "https://*"}', 'invalid-field "https'],
    ['impersonation in words', '{impersonation: often}', 'wrong-type often'],
    ['an option that it has not', '{projct: a}', 'unknown-field projct'],
    ['a store of no kind', '{clusterSecret: {secretStore: a, key: b, kind: Vault}}', 'invalid-field Vault'],
    ['an entry with a space', '{clusterSecret: {secretStore: a, key: b c}}', 'invalid-field b'],
  ])('of Argo CD: %s', (_, options, ...expected) => {
    const from = 'gitOpsType: fluxv2, gitOpsReferenceObject: fleet-git, gitOpsResourceObject: fleet-git, agentVersion: "2.9"}\n  variables';
    const to = `gitOpsType: argocd, gitOpsReferenceObject: fleet-git, gitOpsResourceObject: fleet-git, argocd: ${options}}\n  variables`;
    expect(briefOf(edited(CLUSTERS, { from, to }))).toEqual(expected);
  });

  test('and says one thing about an item of allOf, whatever its form', () => {
    const placements = [
      'allOf: [{clusterz: a}]',
      'allOf: [edge]',
      'allOf: [{anyOf: [{clusterz: a}]}]',
      'allOf: [{anyOf: [{}], provider: a}]',
    ];
    const codes = placements.map(
      (placement) => only(checkTexts(edited(RETAIL, { from: 'allOf: [{matchLabels: {tier: edge}}]', to: placement })).diagnostics).code,
    );
    expect(codes).toEqual(['unknown-field', 'wrong-type', 'unknown-field', 'unknown-field']);
  });

  test('with what was meant', () => {
    const hints = [
      edited(RETAIL, { from: 'values: {replicas', to: 'vlaues: {replicas' }),
      edited(RETAIL, { from: '1.4.0', to: '1.10' }),
      edited(RETAIL, { from: '- name: web', to: '- name: Web_Server' }),
      edited(CLUSTERS, { from: 'kind: SyncObject', to: 'kind: SyncObjekt' }),
    ].map((texts) => checkTexts(texts).diagnostics[0]?.hint);
    expect(hints).toEqual([
      'Did you mean "values"?',
      'Put quotes around it, so that it is read as text',
      'Write it as "web-server"',
      'Did you mean "SyncObject"?',
    ]);
  });

  test('but at most a hundred of them for one document', () => {
    const many = Array.from({ length: 500 }, (_, index) => `field${index}: 1`).join(', ');
    const { diagnostics } = checkTexts(edited(CLUSTERS, { from: 'labels: {tier: central}', to: many }));
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)?.message).toBe('Cannot show all mistakes of this document: there are 400 more');
  });

  test('and reads whole numbers beyond 2^53 as whole numbers', () => {
    const texts = edited(RETAIL, { from: 'requests.cpu: "4"', to: 'requests.cpu: 9007199254740993' });
    expect(checkTexts(texts).diagnostics).toEqual([]);
  });
});

describe('validate() reports another version or kind', () => {
  test.each([
    ['no version', 'apiVersion: espalier.dev/v1alpha1\nkind: Widget', 'kind: Widget', ['unknown-version kind', 'unknown-kind Widget']],
    ['a kind of Kubernetes', 'apiVersion: espalier.dev/v1alpha1\nkind: Widget', 'apiVersion: v1\nkind: Secret', ['unknown-version v1']],
    ['no kind', 'apiVersion: espalier.dev/v1alpha1\nkind: Widget', 'apiVersion: espalier.dev/v1alpha1', ['unknown-kind apiVersion']],
    ['a list', 'apiVersion: espalier.dev/v1alpha1\nkind: Widget', '- a', ['wrong-type -']],
    [
      'an EMCO document',
      'apiVersion: espalier.dev/v1alpha1\nkind: Widget',
      'version: emco/v2\nresourceContext: {anchor: projects}',
      ['unknown-version emco'],
    ],
  ])('%s', (_, __, text, expected) => {
    expect(briefOf({ ...base, 'intents/a.yaml': text })).toEqual(expected);
  });
});

describe('validate() reports names that nobody has', () => {
  test.each([
    ['a cluster', RETAIL, '{matchLabels: {tier: edge}}', '{cluster: clutser1}', 'unknown-cluster', 'Did you mean "cluster1"?'],
    [
      'a cluster of another provider',
      CLUSTERS,
      'provider: provider1\n  gitOps: {gitOpsType: fluxv2, gitOpsReferenceObject: fleet-git, gitOpsResourceObject: fleet-git, agentVersion: "2.9"}\n  variables',
      'provider: provider2\n  variables',
      '',
      '',
    ],
    ['a provider', RETAIL, '{matchLabels: {tier: edge}}', '{provider: provider}', 'unknown-provider', 'Did you mean "provider1"?'],
    ['a template', RETAIL, '{template: web}', '{template: webb}', 'unknown-template', 'Did you mean "web"?'],
    ['a logical cloud', RETAIL, 'logicalCloud: retail', 'logicalCloud: retial', 'unknown-logical-cloud', 'Did you mean "retail"?'],
    ['an app', RETAIL, 'values: {replicas: 2}', 'dependsOn: [{app: webb}]', 'unknown-app', 'Did you mean "web"?'],
  ])('%s', (_, path, from, to, code, hint) => {
    const { diagnostics } = checkTexts(edited(path, { from, to }));
    expect(diagnostics.map((one) => [one.code, one.hint])).toEqual(code === '' ? [] : [[code, hint]]);
  });

  test('but not where the only document of that name has mistakes of its own', () => {
    const broken = edited(CLUSTERS, { from: 'labels: {tier: central}', to: 'label: {tier: central}' });
    const texts = { ...broken, [RETAIL]: base[RETAIL]!.replace('{matchLabels: {tier: edge}}', '{cluster: cluster2}') };
    expect(briefOf(texts)).toEqual(['unknown-field label']);
  });

  test('nor where a file that is no YAML may hold it', () => {
    const texts = {
      ...base,
      [CLUSTERS]: `${base[CLUSTERS]!}\n---\nkind: Cluster\nmetadata: {name: cluster3\n`,
      [RETAIL]: base[RETAIL]!.replace('{matchLabels: {tier: edge}}', '{cluster: cluster3}'),
    };
    expect(checkTexts(texts).diagnostics.map(({ code }) => code)).toEqual(['not-yaml']);
  });
});

test('validate() reports both places of a duplicate identity, and keeps the first', () => {
  const texts = { ...base, 'intents/copy.yaml': base[RETAIL]! };
  const { value, diagnostics } = checkTexts(texts);
  expect(diagnostics.map(({ code, source, related }) => [code, source?.file, related?.[0]?.source.file])).toEqual([
    ['duplicate-identity', RETAIL, 'intents/copy.yaml'],
    ['duplicate-identity', RETAIL, 'intents/copy.yaml'],
  ]);
  expect(value.deployments).toHaveLength(1);
});

test.each([
  ['duplicate-app', '{name: web, source: {template: web}, placement: {allOf: [{}]}}'],
  ['reserved-app-name', '{name: logical-cloud, source: {template: web}, placement: {allOf: [{}]}}'],
  ['dependency-cycle', '{name: b, source: {template: web}, placement: {allOf: [{}]}, dependsOn: [{app: b}]}'],
  [
    'unclear-patch',
    '{name: b, source: {template: web}, placement: {allOf: [{}]}, customize: [{clusters: {}, patches: [{target: {kind: A}}]}]}',
  ],
])('validate() reports %s', (code, app) => {
  expect(only(checkTexts({ ...base, [RETAIL]: `${base[RETAIL]!}  - ${app}\n` }).diagnostics).code).toBe(code);
});

test('validate() tells the path of a dependency cycle', () => {
  const app = (name: string, on: string): string =>
    `  - {name: ${name}, source: {template: web}, placement: {allOf: [{}]}, dependsOn: [{app: ${on}}]}\n`;
  const texts = { ...base, [RETAIL]: base[RETAIL]! + app('c', 'a') + app('a', 'b') + app('b', 'c') };
  expect(only(checkTexts(texts).diagnostics).message).toBe('Cannot order apps that wait for each other: a → b → c → a');
});

test('validate() reports clusters whose slugs collide and contexts whose ids do', () => {
  const cluster = (provider: string, name: string): string =>
    `apiVersion: espalier.dev/v1alpha1\nkind: Cluster\nmetadata: {name: ${name}}\nspec: {provider: ${provider}}\n`;
  expect(briefOf({ ...base, 'intents/a.yaml': `${cluster('a', 'b-c')}---\n${cluster('a-b', 'c')}` })).toEqual(['slug-collision c']);
  const twice = base[RETAIL]!.replaceAll('spec:\n', 'spec:\n  contextId: "42"\n');
  expect(briefOf({ ...base, [RETAIL]: twice })).toEqual(['context-id-collision "42"', 'context-id-collision "42"']);
});

describe('validate() checks template.yaml', () => {
  test.each([
    ['its name', 'metadata: {name: web}', 'metadata: {name: wbe}', ['template-name wbe']],
    ['its version', 'espalier.dev/v1alpha1', 'v1', ['unknown-version v1']],
    ['a keyword', 'additionalProperties: false', 'additionalProprties: false', ['unknown-schema-keyword additionalProprties']],
    ['a type', 'tag: {type: string', 'tag: {type: strng', ['bad-values-schema strng']],
    ['a root that is no object', 'values:\n    type: object', 'values:\n    type: string', ['bad-values-schema string']],
    ['a reference to elsewhere', 'tag: {type: string', 'tag: {$ref: "https://example.net/schema"', ['bad-values-schema "https']],
    ['a reference to nothing', 'tag: {type: string', 'tag: {$ref: "#/definitions/none"', ['bad-values-schema "']],
    ['a default', 'default: "1.29"', 'default: 1.29', ['bad-default 1.29']],
    ['a variable', 'variables: {host:', 'variables: {hots:', ['unknown-template-variable hots']],
  ])('%s', (_, from, to, expected) => {
    const texts = edited(TEMPLATE, { from, to });
    const { value, diagnostics } = checkTexts(texts);
    expect(brief(diagnostics, texts)).toEqual(expected);
    expect(diagnostics.every(({ reach }) => reach.kind === 'template' && reach.template === 'web')).toBe(true);
    expect([value.templates.size, value.deployments.length]).toEqual([0, 0]);
  });
});

describe('a finding reaches', () => {
  const reachOf = (path: string, from: string, to: string): unknown => checkTexts(edited(path, { from, to })).diagnostics[0]?.reach;

  test('the run, in what is shared', () => {
    expect(reachOf(CLUSTERS, 'labels: {tier: central}', 'label: {}')).toEqual({ kind: 'run' });
  });
  test('one app, inside its entry', () => {
    expect(reachOf(RETAIL, 'values: {replicas', 'value: {replicas')).toMatchObject({
      kind: 'context',
      context: { kind: 'DeploymentIntent', name: 'shop' },
      app: 'web',
    });
  });
  test('the deployment, if the app cannot be named', () => {
    expect(reachOf(RETAIL, '- name: web', '- name: Web')).not.toHaveProperty('app');
  });
  test('the context, with the id that was kept', () => {
    expect(reachOf(RETAIL, '  version: 1.4.0', '  contextId: "77"')).toMatchObject({ kind: 'context', context: { id: '77' } });
  });
  test('what no other document speaks of, if the context cannot be told', () => {
    expect(reachOf(RETAIL, '  version: 1.4.0', '  contextId: 77')).toEqual({ kind: 'unaccounted' });
    expect(reachOf(RETAIL, '{name: shop, namespace: retail}', '{name: shop}')).toEqual({ kind: 'unaccounted' });
  });
});

test('validate() leaves out the app with a mistake, keeps its neighbours, and their places', () => {
  const bad = '  - {name: bad, source: {template: web}, placement: {allOf: [{}]}, valuez: {}}\n';
  const good = '  - {name: good, source: {template: web}, placement: {allOf: [{}]}}\n';
  const { value } = checkTexts({ ...base, [RETAIL]: base[RETAIL]! + bad + good });
  expect(value.deployments[0]?.value.spec.apps.map(({ name }) => name)).toEqual(['web', 'good']);
  expect(value.deployments[0]?.at(['spec', 'apps', 1, 'name'])).toMatchObject({ line: 21, column: 12 });
});

const MUTATIONS = ['spec', 'web', 'retail', '{', 'name', 'tier', ': ', 'edge', 'kind', '1.4.0', 'allOf', '-', 'version'];

test('whatever is left out is held back by a finding', () => {
  const mutation = fc.record({
    word: fc.constantFrom(...MUTATIONS),
    nth: fc.nat(8),
    to: fc.constantFrom('', '[', 'X y', 'null', '"'),
  });
  const whole = checkTexts(base).value.deployments[0]!.context;
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
      const text = mutations.reduce((now, { word, nth, to }) => replaceNth(now, { word, nth, to }), base[RETAIL]!);
      const { value, diagnostics } = checkTexts({ ...base, [RETAIL]: text });
      const isThere = value.deployments.some(
        ({ context, value: { spec } }) => context.id === whole.id && spec.apps.some(({ name }) => name === 'web'),
      );
      const isRenamed = diagnostics.length === 0;
      const isHeld = diagnostics.some(({ reach }) => reach.kind !== 'context' || reach.context.id === whole.id);
      return isThere || isRenamed || isHeld;
    }),
    { numRuns: 300 },
  );
});

function replaceNth(text: string, { word, nth, to }: { readonly word: string; readonly nth: number; readonly to: string }): string {
  const parts = text.split(word);
  const at = nth % Math.max(1, parts.length - 1);
  return parts.slice(0, at + 1).join(word) + (parts.length > 1 ? to : '') + parts.slice(at + 1).join(word);
}

test('the order of files and documents does not matter', () => {
  const documents = [base[CLUSTERS]!, base[RETAIL]!.replace('values:', 'valuez:')].flatMap((text) => text.split('---\n'));
  const seen = (order: readonly string[], cut: number): unknown => {
    const texts = { ...base, [CLUSTERS]: order.slice(0, cut).join('---\n'), [RETAIL]: order.slice(cut).join('---\n') };
    const { value, diagnostics } = checkTexts(texts);
    const { clusters, syncObjects, clouds, deployments } = value;
    return JSON.stringify([
      [...clusters, ...syncObjects, ...clouds, ...deployments].map((one) => one.value),
      diagnostics.map(({ code, message, reach }) => JSON.stringify({ code, message, reach })).sort(),
    ]);
  };
  const wanted = seen(documents, 3);
  const orders = fc.shuffledSubarray(documents, { minLength: documents.length });
  fc.assert(
    fc.property(orders, fc.integer({ min: 1, max: documents.length - 1 }), (order, cut) => seen(order, cut) === wanted),
    { numRuns: 50 },
  );
});

test('validate() ends soon on a long chain of apps and a wide document', () => {
  const chain = Array.from(
    { length: 3000 },
    (_, index) => `  - {name: a${index}, source: {template: web}, placement: {allOf: [{}]}, dependsOn: [{app: a${index + 1}}]}`,
  );
  const input = inputOf({
    ...base,
    [RETAIL]: `${base[RETAIL]!}${chain.join('\n')}\n  - {name: a3000, source: {template: web}, placement: {allOf: [{}]}}\n`,
  });
  expect(validate(load(input).value).diagnostics).toEqual([]);
});
