import type { Json, JsonObject } from '../model/json.ts';
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
  const arranged: Record<string, Json> = {};
  for (const key of first) if (Object.hasOwn(map, key)) arranged[key] = arrangeValue(map[key] ?? null);
  for (const key of Object.keys(map).sort(compareText)) {
    // A key `__proto__` must stay a key.
    if (key === '__proto__') Object.defineProperty(arranged, key, { ...OWN, value: arrangeValue(map[key] ?? null) });
    else if (!first.includes(key)) arranged[key] = arrangeValue(map[key] ?? null);
  }
  return arranged;
}

const OWN = { configurable: true, enumerable: true, writable: true };

function arrangeValue(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map((item: Json) => arrangeValue(item)) : arrange(value as JsonObject, OTHER_KEYS);
}
