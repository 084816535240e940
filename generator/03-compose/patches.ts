import type { Patch as WrittenPatch } from '../model/api.generated.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Patch } from '../model/render.ts';
import type { Matching } from './layers.ts';

/** The patches of the customizations, in order. Validation saw to it that each has exactly one form. */
export function patchesOf(matching: readonly Matching[]): readonly Patch[] {
  return matching.flatMap(({ customization }) => (customization.patches ?? []).flatMap(formsOf));
}

function formsOf({ target, strategic, merge, json6902 }: WrittenPatch): readonly Patch[] {
  return [
    ...(strategic ? [{ target, type: 'strategic', patch: strategic as JsonObject } as const] : []),
    ...(merge ? [{ target, type: 'merge', patch: merge as JsonObject } as const] : []),
    ...(json6902 ? [{ target, type: 'json6902', patch: json6902 as readonly unknown[] as readonly Json[] } as const] : []),
  ];
}
