import type { Patch as WrittenPatch } from '../model/api.generated.ts';
import type { Json, JsonObject, JsonPath } from '../model/json.ts';
import type { Patch } from '../model/render.ts';
import type { Matching } from './layers.ts';

/** A patch that has no form or several, and where it stands; the path starts at the app. */
export interface UnclearPatch {
  readonly path: JsonPath;
  readonly given: readonly string[];
}

/** The patches of the customizations, in order. */
export function patchesOf(matching: readonly Matching[]): {
  readonly patches: readonly Patch[];
  readonly unclear: readonly UnclearPatch[];
} {
  const patches: Patch[] = [];
  const unclear: UnclearPatch[] = [];
  for (const { index, customization } of matching) {
    for (const [position, written] of (customization.patches ?? []).entries()) {
      const forms = formsOf(written);
      const [only] = forms;
      if (only && forms.length === 1) patches.push(only);
      else unclear.push({ path: ['customize', index, 'patches', position], given: forms.map(({ type }) => type) });
    }
  }
  return { patches, unclear };
}

function formsOf({ target, strategic, merge, json6902 }: WrittenPatch): readonly Patch[] {
  return [
    ...(strategic ? [{ target, type: 'strategic', patch: strategic as JsonObject } as const] : []),
    ...(merge ? [{ target, type: 'merge', patch: merge as JsonObject } as const] : []),
    ...(json6902 ? [{ target, type: 'json6902', patch: json6902 as readonly unknown[] as readonly Json[] } as const] : []),
  ];
}
