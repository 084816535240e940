import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';

const folder = join(import.meta.dirname, '../schemas/azure');
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
for (const name of readdirSync(folder)) ajv.addSchema(JSON.parse(readFileSync(join(folder, name), 'utf8')) as object);

export type AzureSchema = 'template' | 'parameters' | 'flux-configuration' | 'extension' | 'source-control-configuration';

/** What is wrong with a value, by Azure's published definitions made strict (no unknown members). Empty: nothing. */
export function azureErrors(schema: AzureSchema, value: unknown): readonly string[] {
  const validate = ajv.getSchema(`${schema}.schema.json`);
  if (!validate) throw new Error(`No schema ${schema}`);
  return validate(value) === true ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
