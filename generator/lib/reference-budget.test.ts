import { expect, test } from 'vitest';
import type { Json } from '../model/json.ts';
import { counted, judge } from './reference-budget.ts';
import { createValuesValidator } from './values-validator.ts';

function check(schema: Json, values: Json): boolean {
  return judge(createValuesValidator().compile(counted(schema) as object), values);
}

function doubling(levels: number): Json {
  const refer = (level: number): Json => ({ $ref: `#/definitions/a${level}` });
  const rest = Array.from({ length: levels }, (_, index) => [`a${index + 1}`, { allOf: [refer(index), refer(index)] }]);
  return { definitions: Object.fromEntries([['a0', { type: 'object' }], ...rest]) as Json, ...(refer(levels) as object) };
}

test('references that double from line to line are followed for a while only', () => {
  expect(check(doubling(10), {})).toBe(true);
  expect(check(doubling(10), [])).toBe(false);
  expect(() => check(doubling(40), {})).toThrow(RangeError);
});

test('each set of values has all of the steps', () => {
  const validate = createValuesValidator().compile(counted(doubling(17)) as object);
  for (let run = 0; run < 9; run += 1) expect(judge(validate, {})).toBe(true);
});

test('what only looks like a reference is left as it is', () => {
  expect(check({ enum: [{ $ref: '#' }] }, { $ref: '#' })).toBe(true);
  expect(check({ properties: { $ref: { type: 'string' } } }, { $ref: 1 })).toBe(false);
});
