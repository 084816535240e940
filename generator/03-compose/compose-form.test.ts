import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeApp, makeCluster, makeDeployment, makeTemplate } from '../../test/support/intents.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Json } from '../model/json.ts';
import type { ComposeRequest } from '../model/render.ts';
import { compose } from './compose.ts';

const schema = {
  type: 'object',
  properties: { a: { default: 1 }, b: { type: 'object', default: { x: 'y' }, properties: { c: {}, d: { default: true } } }, list: {} },
};
const declared = { a: 'one', 'b.c': 'two', 'deep.er': 'three' };

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.bigInt(), fc.constantFrom('\u00000', '\u00001', ''));
const value = fc.oneof(scalar, fc.constant(null), fc.record({ c: scalar }));
const variables = fc.record({ one: value, two: value, three: value }, { requiredKeys: [] });
const values = fc.record(
  { a: value, b: fc.record({ c: value, e: value }, { requiredKeys: [] }), list: fc.array(scalar) },
  { requiredKeys: [] },
);

function requestFor(app: ReturnType<typeof makeApp>, given: object): ComposeRequest {
  const deployment = makeDeployment([app]);
  const at: ComposeRequest['app']['at'] = (path, part) => deployment.at(['spec', 'apps', 0, ...path], part);
  const cluster = makeCluster('edge+one', { variables: given as Record<string, Json & string> });
  return { deployment, app: { value: app, at }, cluster, template: makeTemplate({ values: schema, variables: declared }) };
}

test('an app composed on clusters one after the other is composed as on each of them alone', () => {
  fc.assert(
    fc.property(fc.array(variables, { minLength: 1, maxLength: 5 }), values, (clusters, own) => {
      const given = { values: own as never };
      const shared = makeApp(given);
      const template = makeTemplate({ values: schema, variables: declared });
      for (const cluster of clusters) {
        const together = compose({ ...requestFor(shared, cluster), template });
        const alone = compose({ ...requestFor(makeApp(given), cluster), template });
        const { job } = { job: alone.value };
        if (!job || !together.value) throw new Error('a job is missing');
        expect(canonicalJson({ ...together.value } as unknown as Json)).toBe(canonicalJson({ ...job } as unknown as Json));
        expect(Object.keys(together.value.values)).toEqual(Object.keys(job.values));
      }
    }),
  );
});
