import { valueAt } from '../lib/json-path.ts';
import { isJsonObject, type Json, type JsonPath } from '../model/json.ts';
import type { Layer } from './layers.ts';

/** What a layer says of a value: gives it, replaced the list that it stands in, or nothing. */
type Say = 'gives' | 'replaces' | 'nothing';

/** The layer that a value comes from: the last one that gives it, or a list around it. `undefined`: the template's defaults. */
export function supplierOf(path: JsonPath, layers: readonly Layer[]): Layer | undefined {
  return layers.findLast((layer) => says(layer.values, path) !== 'nothing');
}

/** The layer that took a value away with `null`. */
export function removerOf(path: JsonPath, layers: readonly Layer[]): Layer | undefined {
  const last = supplierOf(path, layers);
  return last && valueAt(last.values, path) === null ? last : undefined;
}

function says(value: Json, path: JsonPath): Say {
  const [key, ...rest] = path;
  if (key === undefined) return 'gives';
  if (Array.isArray(value)) {
    const item = typeof key === 'number' ? (value as readonly Json[])[key] : undefined;
    return item !== undefined && says(item, rest) === 'gives' ? 'gives' : 'replaces';
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return 'nothing';
  return says(value[key] ?? null, rest);
}
