import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { inexact } from '../lib/values-validator.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { SchemaFile } from './kinds.ts';
import { schemas } from './schemas.generated.ts';

let compiler: Ajv | undefined;
const validators = new Map<SchemaFile, ValidateFunction>();

/** What an API schema has against a value; of a union, only the member that was meant speaks. */
export function schemaErrors(file: SchemaFile, value: Json): readonly ErrorObject[] {
  const validate = validators.get(file) ?? compile(file);
  validators.set(file, validate);
  if (validate(inexact(value))) return [];
  // `if` says that `then` failed, which has spoken itself; a bad key is told once, by `propertyNames`.
  return (validate.errors ?? []).filter(({ keyword, propertyName }) => keyword !== 'if' && propertyName === undefined);
}

function compile(file: SchemaFile): ValidateFunction {
  compiler ??= createCompiler();
  const validate = compiler.getSchema(file);
  if (!validate) throw new Error(`No schema ${file}`);
  return validate;
}

function createCompiler(): Ajv {
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true, ownProperties: true, logger: false });
  for (const schema of Object.values(schemas)) ajv.addSchema(discriminate(schema as JsonObject, schema as JsonObject) as JsonObject);
  return ajv;
}

/**
 * The same schema with every two-member `anyOf` as a question: has the value what the second member requires? A plain `anyOf` that fails
 * complains for all its members.
 */
function discriminate(schema: Json, root: JsonObject): Json {
  if (Array.isArray(schema)) return schema.map((item: Json) => discriminate(item, root));
  if (!isJsonObject(schema)) return schema;
  const made = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, discriminate(part, root)]));
  const { anyOf: members, ...rest } = made;
  if (!Array.isArray(members) || members.length !== 2) return made;
  const [otherwise, meant] = members as readonly Json[];
  const required = requiredBy(meant, root);
  return required === undefined ? made : { ...rest, if: { type: 'object', required }, then: meant ?? true, else: otherwise ?? true };
}

function requiredBy(schema: Json | undefined, root: JsonObject): Json | undefined {
  const name = isJsonObject(schema) && typeof schema['$ref'] === 'string' ? schema['$ref'].replace('#/definitions/', '') : '';
  const definition = isJsonObject(root['definitions']) ? root['definitions'][name] : undefined;
  return isJsonObject(definition) ? definition['required'] : undefined;
}
