import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import type { JsonObject } from '../../generator/model/json.ts';

const FOLDER = process.env['ESPALIER_SCHEMAS'] ?? resolve(import.meta.dirname, '../../../shared/schemas');

/** Whether the schemas of resource definitions are at hand: a test that needs them is skipped where they are not. */
export const hasSchemas = existsSync(FOLDER);

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });

/** What the published schema of its kind has against an object. Throws where there is no such schema. */
export function schemaFaults(object: JsonObject): readonly string[] {
  const { apiVersion, kind } = object as { readonly apiVersion: string; readonly kind: string };
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const path = join(FOLDER, group ?? '', `${kind.toLowerCase()}_${version ?? ''}.json`);
  const schema = JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
  const validate = ajv.getSchema(path) ?? ajv.addSchema(schema, path).getSchema(path);
  if (!validate) throw new Error(`no schema ${path}`);
  return validate(object) ? [] : (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
