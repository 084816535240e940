import { valueAt } from '../lib/json-path.ts';
import type { Json, JsonPath } from '../model/json.ts';

/** The text that a path leads to; `undefined` where there is none, or something else. */
export function textAt(value: Json, path: JsonPath): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}
