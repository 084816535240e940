import { describe, expect, test } from 'vitest';
import { makeCluster } from '../../test/support/intents.ts';
import type { ClusterSelector } from '../model/api.generated.ts';
import { compileSelector, describeSelector } from './selector.ts';

const edge = makeCluster('azure+dublin', {
  labels: { tier: 'edge', gpu: '' },
  variables: { nodes: 3, big: true, domain: 'd.example.net' },
});

test.each<[string, ClusterSelector, boolean]>([
  ['nothing asked', {}, true],
  ['its provider', { provider: 'azure' }, true],
  ['another provider', { provider: 'azur' }, false],
  ['its name', { cluster: 'dublin' }, true],
  ['another name', { cluster: 'dubli' }, false],
  ['a label key', { clusterLabel: 'gpu' }, true],
  ['a missing label key', { clusterLabel: 'cpu' }, false],
  ['a key of every object', { clusterLabel: 'constructor' }, false],
  ['a label with its value', { clusterLabel: 'tier=edge' }, true],
  ['a label with its empty value', { clusterLabel: 'gpu=' }, true],
  ['a label with another value', { clusterLabel: 'tier=core' }, false],
  ['matching labels', { matchLabels: { tier: 'edge', gpu: '' } }, true],
  ['one label of two', { matchLabels: { tier: 'edge', gpu: 'a100' } }, false],
  ['all fields', { provider: 'azure', cluster: 'dublin', clusterLabel: 'gpu', matchLabels: { tier: 'edge' } }, true],
  ['all fields but one', { provider: 'azure', cluster: 'dublin', clusterLabel: 'gpu', matchLabels: { tier: 'core' } }, false],
])('a selector with %s', (_, selector, matches) => {
  expect(compileSelector(selector)).toMatchObject({ problems: [] });
  expect(compileSelector(selector).matches(edge)).toBe(matches);
});

test.each<['In' | 'NotIn' | 'Exists' | 'DoesNotExist', string, string[] | undefined, boolean]>([
  ['In', 'tier', ['core', 'edge'], true],
  ['In', 'tier', ['core'], false],
  ['In', 'zone', ['a'], false],
  ['NotIn', 'tier', ['core'], true],
  ['NotIn', 'tier', ['edge'], false],
  ['NotIn', 'zone', ['a'], true],
  ['Exists', 'tier', undefined, true],
  ['Exists', 'zone', [], false],
  ['DoesNotExist', 'zone', undefined, true],
  ['DoesNotExist', 'tier', undefined, false],
])('matchExpressions: %s of label %s with %j is %s', (operator, key, values, matches) => {
  const selector = { matchExpressions: [{ key, operator, ...(values && { values }) }] };
  expect(compileSelector(selector).matches(edge)).toBe(matches);
});

test.each<['In' | 'NotIn' | 'Exists' | 'DoesNotExist', string[] | undefined, string]>([
  ['In', [], 'operator In needs values'],
  ['NotIn', undefined, 'operator NotIn needs values'],
  ['Exists', ['a'], 'operator Exists takes no values'],
  ['DoesNotExist', ['a'], 'operator DoesNotExist takes no values'],
])('matchExpressions: %s with %j is a problem and matches nothing', (operator, values, reason) => {
  const selector: ClusterSelector = { matchExpressions: [{ key: 'tier', operator, ...(values && { values }) }] };
  const { problems, matches } = compileSelector(selector);
  expect(problems).toEqual([{ kind: 'requirement', path: ['matchExpressions', 0], reason }]);
  expect(matches(edge)).toBe(false);
});

describe('an expression', () => {
  test.each<[string, boolean]>([
    ['cluster.labels.tier == "edge"', true],
    ['cluster.labels["tier"] == "edge" && cluster.provider == "azure"', true],
    ['cluster.name.startsWith("dub") || false', true],
    ['"gpu" in cluster.labels', true],
    ['has(cluster.labels.gpu) && !has(cluster.labels.cpu)', true],
    ['cluster.labels.tier in ["core", "edge"]', true],
    ['cluster.variables.nodes >= 3 && cluster.variables.nodes + 1 == 4', true],
    ['cluster.variables.big', true],
    ['cluster.labels.exists(key, key.startsWith("ti"))', true],
    ['cluster.labels.missing == "x"', false],
    ['cluster.labels.missing != "x"', false],
    ['cluster.labels.constructor != ""', false],
    ['cluster.labels.__proto__ != ""', false],
    ['cluster.variables.domain', false],
    ['cluster.variables.domain > 3', false],
    ['cluster.labels.missing == "x" || cluster.name == "dublin"', true],
  ])('%s is %s', (expression, matches) => {
    expect(compileSelector({ expression }).problems).toEqual([]);
    expect(compileSelector({ expression }).matches(edge)).toBe(matches);
  });

  test.each<[string, RegExp, number | undefined]>([
    ['cluster.name ==', /^unexpected token: EOF$/, 15],
    ['cluster.nam == "x"', /^no such key: nam$/, 8],
    ['process.exit(1) == 1', /^unknown variable: process$/, 0],
    ['cluster.name', /^it must be true or false, but is of type string$/, undefined],
    ['cluster.name == 3', /^no such overload/, 0],
    ['cluster.name.matches("(a+)+$")', /^function "matches" is not available here$/, 0],
    ['true && cel.bind(a, "xx", a + a == "")', /^function "bind" is not available here$/, 8],
    ['[1].map(x, x) == [1]', /^function "map" is not available here$/, 0],
    ['timestamp("2026-01-01T00:00:00Z").getHours() == 1', /^function "getHours" is not available here$/, 0],
    ['[1].all(x, [2].all(y, x < y))', /^"all" cannot stand inside another/, 11],
    [`${'('.repeat(200)}true${')'.repeat(200)}`, /maxDepth/, undefined],
    [Array(400).fill('true').join('||'), /^it is longer than 1024 characters$|maxAstNodes/, undefined],
    ['a'.repeat(1025), /^it is longer than 1024 characters$/, undefined],
  ])('%s is refused', (expression, reason, offset) => {
    const [problem] = compileSelector({ expression }).problems;
    expect(problem).toMatchObject({ kind: 'expression', path: ['expression'], reason: expect.stringMatching(reason) as string });
    if (offset !== undefined) expect(problem).toMatchObject({ offset });
    expect(compileSelector({ expression }).matches(edge)).toBe(false);
  });
});

test.each(['constructor', 'prototype', 'toString', 'hasOwnProperty', '__proto__'])(
  'an expression takes the name %s as any other',
  (key) => {
    const own = <T>(value: T): Record<string, T> => Object.fromEntries([[key, value]]);
    const cluster = makeCluster('azure+dublin', { labels: { ...own('x'), tier: 'edge' }, variables: { ...own(1), plain: 1 } });
    const holds = (expression: string): boolean => compileSelector({ expression }).matches(cluster);
    expect(holds('cluster.variables.plain >= 1 && cluster.labels.tier == "edge"')).toBe(true);
    expect(holds(`cluster.labels["${key}"] == "x" && cluster.variables["${key}"] == 1`)).toBe(true);
    expect(holds(`has(cluster.labels.${key}) && "${key}" in cluster.variables && size(cluster.labels) == 2`)).toBe(true);
    expect(holds(`cluster.labels.exists(key, key == "${key}") && cluster.labels != {"tier": "edge"}`)).toBe(true);
    expect(compileSelector({ expression: `has(cluster.labels.${key}) || "${key}" in cluster.variables` }).matches(edge)).toBe(false);
  },
);

test('an expression reads labels and variables that have no prototype', () => {
  const bare = <T extends object>(value: T): T => Object.assign(Object.create(null) as T, value);
  const cluster = makeCluster('azure+bare', { labels: bare({ tier: 'edge' }), variables: bare({ nodes: 3 }) });
  expect(compileSelector({ expression: 'cluster.labels.tier == "edge" && cluster.variables.nodes == 3' }).matches(cluster)).toBe(true);
});

test.each<[ClusterSelector, string]>([
  [{}, 'every cluster'],
  [{ provider: 'azure', cluster: 'dublin' }, 'provider azure and cluster dublin'],
  [{ clusterLabel: 'gpu', matchLabels: { tier: 'edge', env: 'dev' } }, 'label gpu and label env=dev and label tier=edge'],
  [
    {
      matchExpressions: [
        { key: 'tier', operator: 'NotIn', values: ['a', 'b'] },
        { key: 'gpu', operator: 'DoesNotExist' },
      ],
    },
    'label tier not in (a, b) and no label gpu',
  ],
  [
    {
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['a'] },
        { key: 'gpu', operator: 'Exists' },
      ],
    },
    'label tier in (a) and label gpu',
  ],
  [{ expression: 'cluster.name ==\n  "a"' }, 'expression cluster.name == "a"'],
])('describeSelector(%j) is "%s"', (selector, sentence) => {
  expect(describeSelector(selector)).toBe(sentence);
});
