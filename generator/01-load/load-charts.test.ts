import { expect, test } from 'vitest';
import { createMemory } from '../lib/memo.ts';
import { repoPath } from '../lib/path.ts';
import { createChartLoader } from './load-charts.ts';

const LOCK = 'spec: {repository: "oci://example.net/charts", demand: {total: {cpu: 100m, odd: [1]}, perNode: {}}}\n';

function load(texts: Readonly<Record<string, string>>) {
  const charts = Object.entries(texts).map(([name, text]) => ({ path: repoPath(`templates/charts/${name}`), text }));
  return createChartLoader(createMemory())({ charts });
}

test('what is kept of a chart is read, by name and version', () => {
  const charts = load({
    'web/1.2.3/chart.lock.yaml': LOCK,
    'web/1.2.3/values.yaml': 'replicas: 1\nhost:\n',
    'web/1.2.3/values.schema.json': '{"type": "object"}',
    'web/1.2.4/values.yaml': 'a: 1\n',
  });
  expect([...charts]).toEqual([
    [
      'web/1.2.3',
      {
        repository: 'oci://example.net/charts',
        defaults: { replicas: 1, host: null },
        schema: { type: 'object' },
        demand: { total: { cpu: '100m' }, perNode: {} },
      },
    ],
    ['web/1.2.4', { repository: undefined, defaults: { a: 1 }, schema: undefined, demand: undefined }],
  ]);
});

test.each([
  ['a broken lock', { 'web/1.2.3/chart.lock.yaml': 'a: [' }, { repository: undefined }],
  ['broken defaults', { 'web/1.2.3/values.yaml': '- a\n' }, { defaults: {} }],
  ['a schema that is no JSON', { 'web/1.2.3/values.schema.json': '{' }, { schema: 'its schema is no JSON' }],
  ['a schema that is no object', { 'web/1.2.3/values.schema.json': 'true' }, { schema: 'its schema is no JSON object' }],
])('%s is as if it were missing', (_, texts, expected) => {
  expect(load(texts).get('web/1.2.3')).toMatchObject(expected);
});

test('the same texts are the same chart again', () => {
  const loader = createChartLoader(createMemory());
  const charts = [{ path: repoPath('templates/charts/web/1.2.3/chart.lock.yaml'), text: LOCK }];
  expect(loader({ charts }).get('web/1.2.3')).toBe(loader({ charts: [{ ...charts[0]! }] }).get('web/1.2.3'));
});
