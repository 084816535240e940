import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { compareText } from './order.ts';

const OBJECT_KEYS = ['apiVersion', 'kind', 'metadata'];
const METADATA_KEYS = ['name', 'namespace', 'labels', 'annotations'];
const OTHER_KEYS = ['apiVersion', 'kind', 'name'];

/**
 * The object with its keys in the order in which it is written: `apiVersion`, `kind`, `metadata` first; in its metadata `name`,
 * `namespace`, `labels`, `annotations` first; in every other map `apiVersion`, `kind`, `name` first, as in references; the rest by code unit. Lists keep their order.
 * (Keys that are whole numbers come before all others, in the order of their size, because JavaScript's objects keep them so.)
 */
export function canonical(object: KubeObject): KubeObject {
  const arranged: JsonObject = { ...arrange(object, OBJECT_KEYS), metadata: arrange(object.metadata, METADATA_KEYS) };
  return arranged as KubeObject;
}

function arrange(map: JsonObject, first: readonly string[]): JsonObject {
  const rest = Object.keys(map).filter((key) => !first.includes(key));
  const keys = [...first.filter((key) => Object.hasOwn(map, key)), ...rest.sort(compareText)];
  // fromEntries defines properties, so that a key such as `__proto__` stays a key.
  return Object.fromEntries(keys.map((key) => [key, arrangeValue(map[key] ?? null)]));
}

function arrangeValue(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => arrangeValue(item));
  return isJsonObject(value) ? arrange(value, OTHER_KEYS) : value;
}
