import type { ErrorObject, ValidateFunction } from 'ajv';
import { counted, judge } from '../lib/reference-budget.ts';
import { createValuesValidator, inexact } from '../lib/values-validator.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { TemplatePackage } from '../model/intents.ts';
import { fillDefaults } from './fill-defaults.ts';

/** A template's schema of its values, made ready; or why it is no schema. */
export type ValuesSchema =
  | { readonly ok: true; readonly schema: JsonObject; readonly validate: (values: JsonObject) => readonly ErrorObject[] }
  | { readonly ok: false; readonly reason: string };

const NO_VALUES: JsonObject = { type: 'object', additionalProperties: false };

const ajv = createValuesValidator();

const ready = new WeakMap<TemplatePackage, ValuesSchema>();

/** Compiled once per template. */
export function valuesSchema(template: TemplatePackage): ValuesSchema {
  const known = ready.get(template);
  if (known) return known;
  const schema = (template.manifest.value.spec.values as JsonObject | undefined) ?? NO_VALUES;
  const made = compile(schema);
  ready.set(template, made);
  return made;
}

function compile(schema: JsonObject): ValuesSchema {
  // An asynchronous validator would answer after the run.
  if (Object.hasOwn(schema, '$async')) return { ok: false, reason: '"$async" is not available here' };
  try {
    const plain = counted(inexact(schema));
    if (!isJsonObject(plain)) throw new Error('An object became something else');
    const validate = ajv.compile(plain);
    // The compiled function is kept above; ajv's own memo would keep every schema of a long watch.
    ajv.removeSchema(plain);
    if (!fillDefaults(schema, {})) return { ok: false, reason: 'its references and defaults go on without end' };
    return { ok: true, schema, validate: (values) => errorsOf(validate, inexact(values)) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** A schema whose references go in a circle, or branch without end, has no answer. */
export function errorsOf(validate: ValidateFunction, values: Json): readonly ErrorObject[] {
  try {
    return judge(validate, values) ? [] : (validate.errors ?? []);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'expected a value that its schema can judge (its references go in a circle, or on without end)';
    return [{ keyword: '$ref', instancePath: '', schemaPath: '#', params: {}, message }];
  }
}
