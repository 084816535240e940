import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configMap, makeFluxCluster, makeInstance, makeRendered } from '../../test/support/fleet.ts';
import { makeApp, makeCloud, makeDeployment } from '../../test/support/intents.ts';
import { canonical } from '../lib/canonical.ts';
import { printYaml } from '../lib/yaml/print.ts';
import type { Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { fits, toBuiltForm } from './built-form.ts';
import { formOf, noteForm } from './stamp-form.ts';
import { stamp } from './stamp.ts';
import { findTokens } from './substitute.ts';
import { type Scalar, tokenText } from './tokens.ts';

const PREFIX = 'zzqax';
const cloud = makeCloud();
const instance = makeInstance(makeDeployment([makeApp({ name: 'web' })]), makeFluxCluster('provider1+cluster1'));

/** What YAML might take for something else, beside ordinary texts. */
const text = fc.oneof(
  fc.constantFrom(
    'yes',
    '0644',
    '1e3',
    '~',
    'a: b',
    '- x',
    '#c',
    'é"\\',
    ' lead',
    'a #b',
    '12:30:45',
    '{',
    '*a',
    '2024-01-01',
    'app.kubernetes.io/name',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/),
);
const values = fc.array(fc.oneof(text, fc.integer(), fc.boolean()), { minLength: 4, maxLength: 4 });
const token = fc.integer({ min: 0, max: 3 }).map((index) => tokenText(PREFIX, index));
const leaf = fc.oneof(
  token,
  fc.tuple(text, token, text).map((parts) => parts.join('')),
  text,
  fc.integer(),
  fc.constant('one\ntwo\n'),
);
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.tuple(leaf, token).map(([one, other]) => `${String(one)}\n${other}\n`),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('name', 'spec', 'a', '1', 'selector', 'kind', 'metadata'), tie('tree'), { maxKeys: 3 }),
  ),
}));
const labels = fc.dictionary(fc.constantFrom('team', 'tier'), fc.oneof(token, fc.constant('x')));
const object: fc.Arbitrary<KubeObject> = fc.record({
  apiVersion: fc.constantFrom('v1', 'apps/v1', 'example.com/v1'),
  kind: fc.constantFrom('ConfigMap', 'Deployment', 'Widget'),
  metadata: fc.record({ name: fc.constantFrom('web', 'db', 'Üm'), labels, annotations: labels }),
  spec: tree,
});
const objects = fc.uniqueArray(object, { minLength: 1, maxLength: 3, selector: ({ kind, metadata }) => `${kind} ${metadata.name}` });

/** As a job's late values are bound without a form. */
function whole(list: readonly KubeObject[], late: readonly Scalar[]): readonly KubeObject[] {
  return list.map((each) => {
    const value = findTokens(each, PREFIX)?.((index) => ({ value: late[index] ?? null, isTyped: true })) ?? each;
    return value as KubeObject;
  });
}

test('what a form prints is what the whole objects print, hashes and revision included', () => {
  let formed = 0;
  fc.assert(
    fc.property(objects, values, (list, late) => {
      const form = toBuiltForm({ objects: list, prefix: PREFIX, isTyped: () => true });
      fc.pre(form !== undefined && fits(form, late));
      const expected = stamp(instance, makeRendered(whole(list, late)), cloud);
      const rendered = makeRendered(whole(list, late));
      noteForm(rendered, { form, values: late });
      const actual = stamp(instance, rendered, cloud);
      formed += 1;
      expect(actual.diagnostics).toEqual(expected.diagnostics);
      expect(actual.value.revision).toBe(expected.value.revision);
      expect(actual.value.objects).toEqual(expected.value.objects);
      const print = (stamped: typeof actual) => stamped.value.printed.map(({ text: print, ...known }) => ({ ...known, text: print() }));
      expect(print(actual)).toEqual(print(expected));
      expect(print(expected).map((printed) => printed.text)).toEqual(expected.value.objects.map((each) => printYaml(canonical(each))));
    }),
    { numRuns: 500 },
  );
  expect(formed).toBeGreaterThan(100);
});

test.each<[string, KubeObject]>([
  ['a late value is its name', { ...configMap('web'), metadata: { name: tokenText(PREFIX, 0) } }],
  ['a late value is its namespace', { ...configMap('web'), metadata: { name: 'web', namespace: tokenText(PREFIX, 0) } }],
  ['its name will carry a hash', { ...configMap('web'), apiVersion: 'batch/v1', kind: 'Job' }],
  ['it is a Secret', { ...configMap('web'), kind: 'Secret' }],
  ['a label is no text', { ...configMap('web'), metadata: { name: 'web', labels: { tier: 1 } } }],
  ['it shows a credential', { ...configMap('web'), data: { url: `https://user:Sw0rdf1sh-77xQ@example.net/${tokenText(PREFIX, 0)}` } }],
])('an object has no form where %s', (_, each) => {
  expect(toBuiltForm({ objects: [each], prefix: PREFIX, isTyped: () => true })).toBeUndefined();
});

test.each<[string, Scalar]>([
  ['is no label where a label must stand', 'a b'],
  ['is a number where a text must stand', 1],
  ['is a credential', `ghp_${'a'.repeat(36)}`],
  ['is what a selector may ask for', 'app.kubernetes.io/name'],
])('a value does not fit a form if it %s', (_, value) => {
  const labelled = { ...configMap('web'), metadata: { name: 'web', labels: { tier: tokenText(PREFIX, 0) } } };
  const form = toBuiltForm({ objects: [labelled], prefix: PREFIX, isTyped: () => true });
  expect(form && fits(form, ['fine'])).toBe(true);
  expect(form && fits(form, [value])).toBe(false);
});

test('an app named like a token is stamped whole', () => {
  const named = { ...instance, app: tokenText(PREFIX, 0) };
  const form = toBuiltForm({ objects: [configMap('web')], prefix: PREFIX, isTyped: () => true });
  const rendered = makeRendered([configMap('web')]);
  if (form) noteForm(rendered, { form, values: ['x'] });
  expect(formOf(rendered)).toBeDefined();
  expect(stamp(named, rendered, cloud).value.printed[0]?.text()).toContain(`app.kubernetes.io/name: ${tokenText(PREFIX, 0)}`);
});
