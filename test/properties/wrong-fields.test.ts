/** Every field of every kind, wrong once: each mistake is told at its place. */
import { describe, expect, test } from 'vitest';
import { type Kind, KINDS, SCHEMA_FILES } from '../../generator/02-validate/kinds.ts';
import { schemaErrors } from '../../generator/02-validate/schema-errors.ts';
import { schemas } from '../../generator/02-validate/schemas.generated.ts';
import { parseYaml } from '../../generator/lib/yaml/parse.ts';
import { printYaml } from '../../generator/lib/yaml/print.ts';
import { isJsonObject, type Json, type JsonObject, type JsonPath } from '../../generator/model/json.ts';
import { base, checkTexts } from '../support/check-texts.ts';
import { fieldsOf } from './support/schema-fields.ts';

const FILE = 'intents/wrong.yaml';

/** What hardly any field takes. */
const WRONG: readonly Json[] = ['\u00a1no!', '', 1.5, true, { '\u00a1no!': { surplus: 1 } }, [[]]];

describe.each(KINDS)('%s', (kind) => {
  test.each(fieldsOf(SCHEMA_FILES[kind]).map((path) => [path.join('.'), path] as const))('%s', (_, path) => {
    const wrong = WRONG.map((value) => placed(kind, path, value)).find((document) => isRefused(kind, { document, path }));
    if (wrong === undefined) {
      expect(isFree(path), `${path.join('.')} takes anything`).toBe(true);
      return;
    }
    const text = printYaml(wrong);
    const { diagnostics } = checkTexts({ ...base, [FILE]: text });
    const [parsed] = parseYaml(text).documents;
    const lines = (['key', 'value'] as const).map((part) => parsed?.locate(path, part).line);
    const errors = diagnostics.filter(
      ({ severity, source }) => severity === 'error' && source?.file === FILE && lines.includes(source.line),
    );
    expect(
      errors.length,
      `${text}\n${JSON.stringify(
        diagnostics.map(({ code, source }) => [code, source]),
        undefined,
        1,
      )}`,
    ).toBeGreaterThan(0);
    for (const { hint, message } of errors) expect(`${message} ${hint ?? ''}`).not.toMatch(/undefined|\[object/);
  });
});

/** What people hand through: values of templates and charts, patches. */
function isFree(path: JsonPath): boolean {
  const whole = path.join('.');
  return ['values', 'strategic', 'merge', 'value', 'values.some'].some((end) => whole.endsWith(`.${end}`));
}

/** Whether the schema has something against the value at the path itself. */
function isRefused(kind: Kind, { document, path }: { readonly document: Json; readonly path: JsonPath }): boolean {
  const pointer = path.map((step) => `/${step}`).join('');
  return schemaErrors(SCHEMA_FILES[kind], document).some(({ instancePath }) => instancePath === pointer);
}

/** The kind's first example, with another value at the path. */
function placed(kind: Kind, path: JsonPath, value: Json): Json {
  const examples = schemas[SCHEMA_FILES[kind]]?.['examples'] as readonly JsonObject[];
  return set(examples[0] ?? {}, path, value);
}

function set(part: Json | undefined, [step, ...rest]: JsonPath, value: Json): Json {
  if (step === undefined) return value;
  if (typeof step === 'number') return [set(Array.isArray(part) ? (part[0] as Json) : undefined, rest, value)];
  const members = isJsonObject(part) ? part : {};
  return { ...members, [step]: set(members[step], rest, value) };
}
