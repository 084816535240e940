import { expect, test } from 'vitest';
import { base, checkTexts, edited, type Texts } from '../../../test/support/check-texts.ts';

const TOKEN = ['ghp', 'k9Xw2Qz7Lm4Rt8Vb1Np6k9Xw2Qz7Lm4Rt8Vb'].join('_');
const RETAIL = 'intents/retail.yaml';
const CLUSTERS = 'intents/clusters.yaml';
const TEMPLATE = 'templates/apps/web/template.yaml';
const VALUES = 'values: {replicas: 2}';

const cases: readonly (readonly [string, Texts, string])[] = [
  ['a sync object', edited(CLUSTERS, { from: 'https://github.com', to: `https://${TOKEN}@github.com` }), 'run'],
  ['a sync object’s name', edited(CLUSTERS, { from: 'secretRef: {name: flux-system}', to: `secretRef: {name: ${TOKEN}}` }), 'run'],
  ['a cluster variable', edited(CLUSTERS, { from: 'c1.example.net', to: TOKEN }), 'run'],
  ['values', edited(RETAIL, { from: VALUES, to: `values: {a: [{b: ${TOKEN}}]}` }), 'context'],
  ['values under a telling key', edited(RETAIL, { from: VALUES, to: 'values: {dbPassword: k9Xw2Qz7Lm4Rt8Vb1Np6}' }), 'context'],
  ['an environment', edited(RETAIL, { from: VALUES, to: 'values: {env: [{name: API_TOKEN, value: k9Xw2Qz7Lm4Rt8Vb1Np6}]}' }), 'context'],
  [
    'a patch',
    edited(RETAIL, { from: VALUES, to: `customize: [{clusters: {}, patches: [{target: {kind: A}, merge: {data: {a: ${TOKEN}}}}]}]` }),
    'context',
  ],
  [
    'annotations',
    edited(RETAIL, { from: '{name: shop, namespace: retail}', to: `{name: shop, namespace: retail, annotations: {a: ${TOKEN}}}` }),
    'context',
  ],
  ['a template’s default', edited(TEMPLATE, { from: 'default: localhost', to: `default: ${TOKEN}` }), 'template'],
  ['a template’s file', { ...base, 'templates/apps/web/config.yaml': `a: 1\nb: ${TOKEN}\n` }, 'template'],
];

test.each(cases)('a secret in %s is found, and never shown', (_, texts, reach) => {
  const { diagnostics } = checkTexts(texts);
  expect(diagnostics.filter(({ code }) => code === 'literal-secret').map((one) => one.reach.kind)).toEqual([reach]);
  for (const { message, hint = '' } of diagnostics) expect(`${message} ${hint}`).not.toContain('k9Xw2Qz7Lm4');
});

test('an SSH address with its usual user is none', () => {
  expect(checkTexts(edited(CLUSTERS, { from: 'https://github.com', to: 'ssh://git@github.com' })).diagnostics).toEqual([]);
});
