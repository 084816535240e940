import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { mergeValues } from './merge-values.ts';

/** Schemas that all speak about one value: the one at hand, what it refers to, and the parts of its `allOf`. */
type Parts = readonly JsonObject[];

interface Walk {
  readonly root: Json;
  /** References followed since something was last given: a schema that refers to itself must not grow without end. */
  readonly followed: ReadonlySet<string>;
  /** Inside a list or a default, where `null` is a value; elsewhere it means "take it away". */
  readonly isLiteral: boolean;
  /** How many more values may be made from defaults: references that fan out can ask for billions. */
  readonly budget: { left: number };
}

const BUDGET = 100_000;

/**
 * The values with the schema's defaults under them, at every depth and in the items of lists. A default object lies under the object that was
 * given. An object that nobody gave comes to be from its properties' defaults if these are all that it requires. Members that are `null` go,
 * and their defaults do not come back. `undefined`: the defaults have no end in sight.
 */
export function fillDefaults(schema: JsonObject, given: JsonObject): JsonObject | undefined {
  const budget = { left: BUDGET };
  const filled = fill(schema, given, { root: schema, followed: new Set(), isLiteral: false, budget });
  if (budget.left <= 0) return undefined;
  return isJsonObject(filled) ? filled : given;
}

function fill(schema: Json | undefined, given: Json | undefined, walk: Walk): Json | undefined {
  if (given === undefined && --walk.budget.left <= 0) return undefined;
  const followed = new Set(given === undefined ? walk.followed : []);
  const parts = partsOf(schema, { root: walk.root, followed });
  const base = parts.find((part) => Object.hasOwn(part, 'default'))?.['default'];
  const here: Walk = { ...walk, followed };
  if (given === undefined) return base === undefined ? fromNothing(parts, here) : fillGiven(parts, base, { ...here, isLiteral: true });
  const isUnder = !walk.isLiteral && isJsonObject(given) && isJsonObject(base);
  return fillGiven(parts, isUnder ? mergeValues(base, given) : given, here);
}

function fillGiven(parts: Parts, given: Json, walk: Walk): Json {
  if (Array.isArray(given)) {
    return given.map((item: Json, index) => fill(itemSchema(parts, index), item, { ...walk, isLiteral: true }) ?? item);
  }
  if (!isJsonObject(given)) return given;
  const members = new Map<string, Json>();
  for (const [key, value] of Object.entries(given)) {
    if (value === null && !walk.isLiteral) continue;
    members.set(key, fill(memberSchema(parts, key), value, walk) ?? value);
  }
  for (const key of new Set(parts.flatMap((part) => propertyNames(part)))) {
    if (Object.hasOwn(given, key)) continue;
    const value = fill(memberSchema(parts, key), undefined, walk);
    if (value !== undefined) members.set(key, value);
  }
  return Object.fromEntries(members);
}

function fromNothing(parts: Parts, walk: Walk): Json | undefined {
  if (parts.every((part) => propertyNames(part).length === 0)) return undefined;
  const made = fillGiven(parts, {}, walk);
  if (!isJsonObject(made) || Object.keys(made).length === 0) return undefined;
  const required = parts.flatMap((part) => (Array.isArray(part['required']) ? part['required'].map(String) : []));
  return required.every((key) => Object.hasOwn(made, key)) ? made : undefined;
}

function partsOf(schema: Json | undefined, walk: { readonly root: Json; readonly followed: Set<string> }): Parts {
  if (!isJsonObject(schema)) return [];
  const reference = schema['$ref'];
  const all = schema['allOf'];
  const parts = [schema, ...(Array.isArray(all) ? all.flatMap((part: Json) => partsOf(part, walk)) : [])];
  if (typeof reference !== 'string' || walk.followed.has(reference)) return parts;
  walk.followed.add(reference);
  return [...parts, ...partsOf(resolve(walk.root, reference), walk)];
}

/** Follows a reference within the schema, such as `#/definitions/port`. */
function resolve(root: Json, reference: string): Json | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let value: Json | undefined = root;
  for (const part of reference.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

function propertyNames(part: JsonObject): readonly string[] {
  const properties = part['properties'];
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function memberSchema(parts: Parts, key: string): Json {
  const schemas = parts.flatMap((part): Json[] => {
    const properties = part['properties'];
    if (isJsonObject(properties) && Object.hasOwn(properties, key)) return [properties[key] ?? {}];
    const rest = part['additionalProperties'];
    return isJsonObject(rest) ? [rest] : [];
  });
  return schemas.length === 1 ? (schemas[0] ?? {}) : { allOf: schemas };
}

function itemSchema(parts: Parts, index: number): Json {
  const schemas = parts.flatMap((part): Json[] => {
    const items = part['items'];
    const own = Array.isArray(items) ? (items as readonly Json[])[index] : items;
    return own === undefined ? [] : [own];
  });
  return schemas.length === 1 ? (schemas[0] ?? {}) : { allOf: schemas };
}
