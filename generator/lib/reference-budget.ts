import type { KeywordDefinition, ValidateFunction } from 'ajv';
import { isJsonObject, type Json } from '../model/json.ts';

/** References that may be followed for one set of values. Honest schemas need some for each value; a few lines can ask for 2^40. */
const MOST_STEPS = 1_000_000;

const KEYWORD = 'x-espalier-step';
const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'] as const;

let left = MOST_STEPS;

/** Counts the references that a validator follows, where `counted` has marked them. Throws a RangeError when there are too many. */
export const STEP: KeywordDefinition = {
  keyword: KEYWORD,
  schema: false,
  errors: false,
  validate() {
    left -= 1;
    if (left < 0) throw new RangeError('its references go on without end');
    return true;
  },
};

/** The schema with a mark beside each of its references. */
export function counted(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map((item: Json) => counted(item));
  if (!isJsonObject(schema)) return schema;
  const entries = Object.entries(schema).map(([key, member]) => [key, key === 'enum' && Array.isArray(member) ? member : counted(member)]);
  const refers = REFERENCES.some((key) => Object.hasOwn(schema, key) && typeof schema[key] === 'string');
  return Object.fromEntries(refers ? [[KEYWORD, true], ...entries] : entries) as Json;
}

/** Whether the values hold. Throws a RangeError where the schema's references go in a circle, or branch too often. */
export function judge(validate: ValidateFunction, values: Json): boolean {
  left = MOST_STEPS;
  return validate(values);
}
