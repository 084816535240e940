import { diagnose } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { fromPointer, valueAt } from '../lib/json-path.ts';
import type { Template } from '../model/api.generated.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { Located } from '../model/source.ts';
import { quote } from '../lib/describe.ts';

/** Each path of `variables` must be a property of the values schema. */
export function checkVariables(template: string, { value: { spec }, at }: Located<Template>): readonly Diagnostic[] {
  const root = (spec.values ?? {}) as Json;
  return Object.keys(spec.variables ?? {}).flatMap((path) => {
    const missing = followProperties(path, root);
    if (!missing) return [];
    const near = missing.near === undefined ? undefined : [...missing.before, missing.near, ...missing.after].join('.');
    const source = at(['spec', 'variables', path], 'key');
    return [
      diagnose('unknown-template-variable', { template, value: quote(path), near }, { source, reach: { kind: 'template', template } }),
    ];
  });
}

interface Missing {
  readonly before: readonly string[];
  readonly near: string | undefined;
  readonly after: readonly string[];
}

/** `undefined` if the path leads to a property; else where it ends. */
function followProperties(path: string, root: Json): Missing | undefined {
  const keys = path.split('.');
  let at: Json | undefined = root;
  for (const [index, key] of keys.entries()) {
    const properties = propertiesOf(at, root);
    const next = properties.get(key);
    if (next === undefined)
      return { before: keys.slice(0, index), near: nearestName(key, properties.keys()), after: keys.slice(index + 1) };
    at = next;
  }
  return undefined;
}

/** The properties that a schema names, by itself, through a local reference or in its `allOf`. A schema that refers to itself is read once. */
function propertiesOf(schema: Json | undefined, root: Json, seen = new Set<Json>()): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  if (!isJsonObject(schema) || seen.has(schema)) return found;
  seen.add(schema);
  const { $ref: reference, allOf: all, properties } = schema;
  const target =
    typeof reference === 'string' && reference.startsWith('#') ? valueAt(root, fromPointer(reference.slice(1), root)) : undefined;
  for (const part of [target, ...(Array.isArray(all) ? (all as readonly Json[]) : [])]) {
    for (const [key, member] of propertiesOf(part, root, seen)) found.set(key, member);
  }
  for (const [key, part] of Object.entries(isJsonObject(properties) ? properties : {})) found.set(key, part);
  return found;
}
