import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createRenderer } from '../../generator/06-render/render.ts';
import { createWasmKustomizer } from '../../generator/io/kustomize/wasm.ts';
import { isJsonObject, type Json, type JsonObject } from '../../generator/model/json.ts';
import { type Scalar, scalarText } from '../../generator/06-render/tokens.ts';
import { makePackage, makeRequest } from '../support/packages.ts';

const kustomizer = createWasmKustomizer({ workers: 1 });
afterAll(() => kustomizer.close());

const ANY = {};
const FILES = {
  'kustomization.yaml.hbs': `resources: [a.yaml, c.json]
configMapGenerator:
- name: generated
  files: [app.conf, app.yaml]
  literals: ["KEY={{late}}"]
patches:
- target: {kind: ConfigMap, name: json}
  patch: |-
    - op: add
      path: /metadata/annotations
      value: {patched: "{{early}}"}
`,
  'a.yaml.hbs': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # {{early}}
spec:
  plain: {{late}}
  quoted: "{{late}}"
  single: '{{{late}}}'
  part: a {{late}} b {{early}}
  flow: {a: {{late}}, b: ["{{early}}", {{early}}]}
  block: |
    first {{late}}
    last
  folded: >-
    {{late}}
    {{early}}
  type: {{early}}
  items:
{{#each list}}
  - {{this}}
{{/each}}
`,
  'c.json.hbs': `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "json"}, "data": {"a": "{{late}}", "b": "x{{early}}"}}`,
  'app.conf.hbs': 'listen {{late}};\n',
  'app.yaml.hbs': 'a: "{{late}}"\nb: {{early}} # kept\n',
};
const template = makePackage(FILES, { late: ANY, early: ANY, list: { type: 'array', items: ANY } });

/** The same document with every scalar taken out: what a value must not change. */
function structure(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => structure(item));
  if (!isJsonObject(value)) return 'scalar';
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, structure(member)]));
}

const nasty = fc.constantFrom(
  'a: b',
  '\n',
  'x\n---\napiVersion: v1\nkind: Secret\n',
  '- item',
  '}, evil: {',
  '"',
  "'",
  '", "evil": "',
  '# comment',
  '{{late}}',
  '{{{early}}}',
  '*alias',
  '&anchor x',
  '!!int 3',
  '<<',
  '%YAML 1.2',
  '? key',
  '|',
  '>-\n  x',
  'zzqbx0zz',
  'zzqx0zz',
  'yes',
  'null',
  '~',
  '0644',
  '1_000',
  '1e3',
  '',
  ' ',
  'a\u2028b',
  '\u0085',
  '\ufeff',
  'é\u{1F600}',
  '\t',
  '\r\n',
  'x'.repeat(5000),
  '$patch: delete',
  '$(NAME)',
  'constructor',
  '__proto__',
  '\\u0022',
  '\ud800',
);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: nasty },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.integer(),
  fc.boolean(),
  fc.constantFrom<Json>(1.5, 0, 2n ** 60n),
);

async function render(values: JsonObject, binding: 'late' | 'early'): Promise<readonly Json[]> {
  const request = makeRequest({ values });
  const { value, diagnostics } = await createRenderer({ kustomizer, binding }).render([request], new Map([['web', template]]));
  expect(diagnostics).toEqual([]);
  return value.get(request.job.key)?.objects ?? [];
}

test('no value changes the structure of a document', { timeout: 120_000 }, async () => {
  const harmless = (await render({ late: 'x', early: 'y', list: ['z'] }, 'late')).map(structure);
  await fc.assert(
    fc.asyncProperty(scalar, scalar, scalar, fc.constantFrom('late' as const, 'early' as const), async (late, early, item, binding) => {
      const objects = await render({ late, early, list: [item] }, binding);
      expect(objects.map(structure)).toEqual(harmless);
    }),
    { numRuns: 60 },
  );
});

test('a value arrives as it was given, with its type where the mustache stands alone and unquoted', async () => {
  await fc.assert(
    fc.asyncProperty(scalar, async (value) => {
      const text = scalarText(value as Scalar);
      // Halves of surrogate pairs cannot be written, and kustomize writes NEL as a space.
      fc.pre(!/\p{Surrogate}|\x85/u.test(text));
      const [deployment] = (await render({ late: value, early: 'y', list: [] }, 'late')).filter(
        (object) => isJsonObject(object) && object['kind'] === 'Deployment',
      );
      expect(deployment).toMatchObject({ spec: { plain: value, quoted: text, part: `a ${text} b y` } });
    }),
    { numRuns: 60 },
  );
});
