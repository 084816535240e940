import { canonicalJson, fillJson, jsonForm, type JsonForm } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { RenderJob, RenderKey } from '../model/render.ts';
import type { TakenVariable } from './layers.ts';

/** What an app comes to on all clusters that give the same variables, whatever their values: only those are left open. */
export interface ComposedForm {
  readonly values: JsonObject;
  readonly slots: Slots;
  /** What the key is the hash of. */
  readonly text: JsonForm<number>;
  readonly job: Omit<RenderJob, 'key' | 'values'>;
}

/** By key: the number of the variable that stands there, or what lies deeper. */
type Slots = ReadonlyMap<string, number | Slots>;

/** What is composed, and what its key is the hash of. */
export interface Composition {
  readonly job: Omit<RenderJob, 'key'>;
  readonly text: JsonObject;
}

/** Nobody writes it: where somebody does, nothing is shared. */
const MARK = '\u0000';

/**
 * Composes once with marks in the place of the variables. `undefined` where that would not tell what comes of their values: an object is merged and
 * a `null` takes away, and somebody wrote what looks like a mark.
 */
export function toComposedForm(
  variables: readonly TakenVariable[],
  compose: (variables: readonly TakenVariable[]) => Composition,
): ComposedForm | undefined {
  const numbers = new Map(variables.map((_, index) => [`${MARK}${index}`, index]));
  const marked = compose(variables.map(([path, variable], index) => [path, variable, `${MARK}${index}`] as const));
  const empty = canonicalJson(compose(variables.map(([path, variable]) => [path, variable, ''] as const)).text);
  if (empty.includes('\\u0000') || variables.some(([path]) => path.includes('__proto__'))) return undefined;
  const gapOf = (text: string): number | undefined => numbers.get(text);
  const { values, ...job } = marked.job;
  return { values, slots: slotsOf(values, gapOf), text: jsonForm(marked.text, gapOf), job };
}

/** Whether a variable's value leaves a form as it is. */
export function isPlainVariable([, , value]: TakenVariable): boolean {
  return typeof value !== 'object';
}

/** What composing gives with these variables; values that do not fit the template's schema are not found here. */
export function fillComposed({ values, slots, text, job }: ComposedForm, variables: readonly TakenVariable[]): RenderJob {
  const valueOf = (index: number): Json => variables[index]?.[2] ?? null;
  return { key: sha256(fillJson(text, valueOf)) as RenderKey, ...job, values: fill(values, slots, valueOf) };
}

function slotsOf(values: JsonObject, gapOf: (text: string) => number | undefined): Slots {
  const slots = new Map<string, number | Slots>();
  for (const [key, value] of Object.entries(values)) {
    const slot = typeof value === 'string' ? gapOf(value) : isJsonObject(value) ? slotsOf(value, gapOf) : undefined;
    if (typeof slot === 'number' || (slot && slot.size > 0)) slots.set(key, slot);
  }
  return slots;
}

/** What has no gaps is shared. */
function fill(values: JsonObject, slots: Slots, valueOf: (index: number) => Json): JsonObject {
  if (slots.size === 0) return values;
  const filled: Record<string, Json> = { ...values };
  for (const [key, slot] of slots) {
    const inner = values[key];
    if (typeof slot === 'number') filled[key] = valueOf(slot);
    else if (isJsonObject(inner)) filled[key] = fill(inner, slot, valueOf);
  }
  return filled;
}
