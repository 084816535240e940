import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/** All schemas that may speak about one value. `isOpen`: nothing is said, so that anything may be there. */
export interface SchemaView {
  readonly schemas: readonly JsonObject[];
  readonly isOpen: boolean;
}

const OPEN: SchemaView = { schemas: [], isOpen: true };
const SPEAKING = ['type', 'properties', 'patternProperties', 'additionalProperties', 'items', 'enum', 'const'];
const ALTERNATIVES = ['allOf', 'anyOf', 'oneOf'];
const BRANCHES = ['then', 'else'];
/** Schemas that fan out through references are cut here: names beyond are unknown. */
const MOST_SCHEMAS = 500;

/** Follows `$ref` and the branches of `allOf`, `anyOf`, `oneOf`, `if`: a name that any of them declares is declared. */
export function viewOf(schemas: readonly Json[], root: JsonObject): SchemaView {
  const found = new Set<JsonObject>();
  const pending = [...schemas];
  let open = schemas.length > 0 && schemas.some((schema) => schema === true);
  while (pending.length > 0 && found.size < MOST_SCHEMAS) {
    const schema = pending.pop();
    if (!isJsonObject(schema) || found.has(schema)) continue;
    found.add(schema);
    pending.push(...nextOf(schema, root));
  }
  const all = [...found];
  open ||= all.length > 0 && !all.some((schema) => SPEAKING.some((key) => Object.hasOwn(schema, key)));
  return open ? { schemas: all, isOpen: true } : { schemas: all, isOpen: false };
}

function nextOf(schema: JsonObject, root: JsonObject): readonly Json[] {
  const next: Json[] = [];
  const reference = own(schema, '$ref');
  if (typeof reference === 'string') next.push(resolve(root, reference) ?? false);
  for (const key of ALTERNATIVES) {
    const list = own(schema, key);
    if (Array.isArray(list)) next.push(...(list as readonly Json[]));
  }
  for (const key of BRANCHES) next.push(own(schema, key) ?? false);
  return next;
}

function resolve(root: JsonObject, reference: string): Json | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  let value: Json | undefined = root;
  for (const part of reference.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(key)];
    else value = isJsonObject(value) ? own(value, key) : undefined;
  }
  return value;
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The schemas of a member, `undefined` if none declares it. Digits name items of lists; `length` is a list's own. */
export function memberOf(view: SchemaView, { name, root }: { readonly name: string; readonly root: JsonObject }): SchemaView | undefined {
  if (view.isOpen) return OPEN;
  const found: Json[] = [];
  for (const schema of view.schemas) {
    const properties = own(schema, 'properties');
    if (isJsonObject(properties) && Object.hasOwn(properties, name)) found.push(properties[name] ?? true);
    else found.push(...restOf(schema));
  }
  const isList = typesOf(view).has('array');
  if (isList && /^\d+$/.test(name)) found.push(...itemSchemas(view));
  if (isList && name === 'length') found.push({ type: 'integer' });
  return found.length === 0 ? undefined : viewOf(found, root);
}

/** What is declared for members without a name of their own. */
function restOf(schema: JsonObject): readonly Json[] {
  const patterns = own(schema, 'patternProperties');
  const rest = own(schema, 'additionalProperties');
  return [...(isJsonObject(patterns) ? Object.values(patterns) : []), ...(rest === true || isJsonObject(rest) ? [rest] : [])];
}

/** What `{{#each}}` or a computed `lookup` may find: items of a list, members of an object. */
export function partsOf(view: SchemaView, root: JsonObject): SchemaView {
  if (view.isOpen) return OPEN;
  const members = view.schemas.flatMap((schema): readonly Json[] => {
    const properties = own(schema, 'properties');
    return [...(isJsonObject(properties) ? Object.values(properties) : []), ...restOf(schema)];
  });
  const parts = [...members, ...itemSchemas(view)];
  return parts.length === 0 ? OPEN : viewOf(parts, root);
}

function itemSchemas({ schemas }: SchemaView): readonly Json[] {
  const lists = schemas.filter((schema) => typesOf({ schemas: [schema], isOpen: false }).has('array') || Object.hasOwn(schema, 'items'));
  return lists.flatMap((schema) => {
    const items = own(schema, 'items') ?? true;
    return Array.isArray(items) ? (items as readonly Json[]) : [items];
  });
}

export function typesOf({ schemas }: SchemaView): ReadonlySet<string> {
  return new Set(
    schemas.flatMap((schema) => {
      const type = own(schema, 'type');
      return Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : [];
    }),
  );
}

/** Names that may be meant, for messages. */
export function namesIn({ schemas }: SchemaView): readonly string[] {
  const names = schemas.flatMap((schema) => {
    const properties = own(schema, 'properties');
    return isJsonObject(properties) ? Object.keys(properties) : [];
  });
  return [...new Set(names)];
}

/** Whether every value of the view is one of names that another view declares: an `enum` of them. */
export function isEnumWithin(view: SchemaView, names: readonly string[]): boolean {
  const values = view.schemas.map((schema) => own(schema, 'enum')).find((list) => Array.isArray(list));
  return Array.isArray(values) && values.every((value) => typeof value === 'string' && names.includes(value));
}

/** Whether members are free: a list, or an object with `additionalProperties`. */
export function hasFreeMembers(view: SchemaView): boolean {
  return view.isOpen || typesOf(view).has('array') || view.schemas.some((schema) => restOf(schema).length > 0);
}
