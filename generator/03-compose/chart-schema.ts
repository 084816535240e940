import { Ajv, type AnySchema, type ErrorObject } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { default as Validator } from 'ajv/dist/core.js';
import formats from 'ajv-formats';
import { counted } from '../lib/reference-budget.ts';
import { inexact, VALIDATION } from '../lib/values-validator.ts';
import type { VendoredChart } from '../model/intents.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { errorsOf } from './values-schema.ts';

/** A chart's schema of its values, made ready; why it cannot be used; or `undefined`: it has none. */
export type ChartSchema =
  | { readonly ok: true; readonly validate: (values: JsonObject) => readonly ErrorObject[] }
  | { readonly ok: false; readonly reason: string }
  | undefined;

// What is wrong with a schema shows when it is compiled; the meta-schemas would say it at greater length.
const options = { ...VALIDATION, validateSchema: false } as const;

type Dialect = 'draft-07' | '2019-09' | '2020-12';

const validators = new Map<Dialect, Validator.default>();
const ready = new WeakMap<VendoredChart, { readonly schema: ChartSchema }>();

/** Compiled once per chart. */
export function chartSchema(chart: VendoredChart): ChartSchema {
  const known = ready.get(chart);
  if (known) return known.schema;
  const { schema } = chart;
  const made = schema === undefined ? undefined : typeof schema === 'string' ? refused(schema) : compile(schema);
  ready.set(chart, { schema: made });
  return made;
}

function refused(reason: string): ChartSchema {
  return { ok: false, reason };
}

function compile(schema: JsonObject): ChartSchema {
  // An asynchronous validator would answer after the run.
  if (Object.hasOwn(schema, '$async')) return refused('its schema says "$async"');
  const dialect = dialectOf(schema['$schema']);
  if (dialect === undefined) return refused('its schema is of a dialect that is not known here');
  const stray = strayReference(schema);
  if (stray !== undefined) return refused(`its schema refers to "${stray}", which is outside of it`);
  try {
    const plain = counted(modern(inexact(schema), true)) as AnySchema;
    const ajv = validatorFor(dialect);
    const validate = ajv.compile(plain);
    ajv.removeSchema(plain);
    return { ok: true, validate: (values) => errorsOf(validate, inexact(values)) };
  } catch (error) {
    return refused(`its schema is not sound: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Drafts 4 and 6 differ from 7 in what `modern` mends and in keywords that nobody else has. */
function dialectOf(named: Json | undefined): Dialect | undefined {
  if (named === undefined) return 'draft-07';
  const [, draft] =
    /^https?:\/\/json-schema\.org\/(draft-0[4-7]|draft\/2019-09|draft\/2020-12)\/schema#?$/.exec(typeof named === 'string' ? named : '') ??
    [];
  if (draft === undefined) return undefined;
  return draft.startsWith('draft-0') ? 'draft-07' : draft === 'draft/2019-09' ? '2019-09' : '2020-12';
}

function validatorFor(dialect: Dialect): Validator.default {
  const known = validators.get(dialect);
  if (known) return known;
  const made = dialect === '2020-12' ? new Ajv2020(options) : dialect === '2019-09' ? new Ajv2019(options) : new Ajv(options);
  formats.default(made);
  validators.set(dialect, made);
  return made;
}

/** A reference that leaves the file: it is never followed. */
function strayReference(value: Json): string | undefined {
  if (Array.isArray(value)) return firstOf(value as readonly Json[]);
  if (!isJsonObject(value)) return undefined;
  const own = ['$ref', '$dynamicRef', '$recursiveRef']
    .map((key) => value[key])
    .find((text) => typeof text === 'string' && !text.startsWith('#'));
  return typeof own === 'string' ? own : firstOf(Object.values(value));
}

function firstOf(values: readonly Json[]): string | undefined {
  for (const value of values) {
    const found = strayReference(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Without the root's name, by which nobody refers to it here, and with draft 4's exclusive limits as numbers. */
function modern(value: Json, isRoot: boolean): Json {
  if (Array.isArray(value)) return value.map((item: Json) => modern(item, false));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !(isRoot && ['$schema', '$id', 'id'].includes(key)))
    .flatMap(([key, member]) => limit(key, value) ?? [[key, modern(member, false)] as const]);
  return Object.fromEntries(entries);
}

function limit(key: string, { [key]: own, minimum, maximum }: JsonObject): readonly (readonly [string, Json])[] | undefined {
  if ((key !== 'exclusiveMinimum' && key !== 'exclusiveMaximum') || typeof own !== 'boolean') return undefined;
  const bound = key === 'exclusiveMinimum' ? minimum : maximum;
  return own && bound !== undefined ? [[key, bound]] : [];
}
