import type { BootstrapStep, ExpectedObject } from '../../model/bootstrap.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** Where a step stands: `unknown`, because nobody looked or nothing tells; `foreign`, because somebody else's is in its place. */
export type StepState = 'done' | 'open' | 'unknown' | { readonly foreign: string };

/** What was found of an object: nothing, or what the cluster has. */
export type Found = (expected: ExpectedObject) => JsonObject | undefined;

export function judgeStep({ makes }: BootstrapStep, found: Found | undefined): StepState {
  if (!found || makes.length === 0) return 'unknown';
  let state: StepState = 'done';
  for (const expected of makes) {
    const object = found(expected);
    if (!object) state = 'open';
    const other = object && differenceOf(expected, object);
    if (other !== undefined) return { foreign: other };
  }
  return state;
}

function differenceOf({ resource, namespace, name, fields }: ExpectedObject, object: JsonObject): string | undefined {
  for (const [field, wanted] of Object.entries(fields)) {
    const value = valueAt(object, field.split('.'));
    if (isSame(value, wanted)) continue;
    const place = namespace === undefined ? name : `${namespace}/${name}`;
    return `${resource} ${place} has ${field} ${value === undefined ? 'unset' : JSON.stringify(value)} instead of ${JSON.stringify(wanted)}`;
  }
  return undefined;
}

/** A path may begin with `./` or not. */
function isSame(value: Json | undefined, wanted: string): boolean {
  return typeof value === 'string' && value.replace(/^\.\//, '') === wanted.replace(/^\.\//, '');
}

function valueAt(object: JsonObject, [key = '', ...rest]: readonly string[]): Json | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return rest.length === 0 || !isJsonObject(value) ? (rest.length === 0 ? value : undefined) : valueAt(value, rest);
}
