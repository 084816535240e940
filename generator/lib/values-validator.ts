import { Ajv, type Options } from 'ajv';
import formats from 'ajv-formats';
import { isJsonObject, type Json } from '../model/json.ts';
import { linearRegExp } from './linear-regexp.ts';
import { STEP } from './reference-budget.ts';

/** `ownProperties`: a value named `constructor` is there only if somebody gave it. `addUsedSchema`: equal $ids of two schemas do not meet. */
export const VALIDATION: Options = {
  allErrors: true,
  strict: false,
  verbose: true,
  ownProperties: true,
  addUsedSchema: false,
  logger: false,
  code: { regExp: linearRegExp },
  keywords: [STEP],
};

/** A validator for values and the schemas that template authors write for them: draft 7 with formats. */
export function createValuesValidator(): Ajv {
  const ajv = new Ajv(VALIDATION);
  formats.default(ajv);
  return ajv;
}

/** A value for a validator, which knows numbers only: there, large integers may lose digits. What is rendered keeps them. */
export function inexact(value: Json): Json {
  if (!hasInteger(value)) return value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map((item: Json) => inexact(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inexact(member)]));
}

/** Nearly no value has any, and needs no copy. */
function hasInteger(value: Json): boolean {
  if (Array.isArray(value)) return value.some((item: Json) => hasInteger(item));
  return isJsonObject(value) ? Object.values(value).some(hasInteger) : typeof value === 'bigint';
}
