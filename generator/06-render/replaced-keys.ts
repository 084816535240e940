import { parseYaml } from '../lib/yaml/parse.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { field, isInline, itemsOf } from './kustomization-files.ts';

/**
 * Keys that a package's own patches and transformers may set in a resource that has them already. Kustomize then keeps the style of the scalar
 * that stood there, so that what it was decides whether `4` comes out as a number or as a string.
 */
export function replacedKeys(
  kustomizations: readonly JsonObject[],
  { patches }: { readonly patches: readonly string[] },
): ReadonlySet<string> {
  const inline = kustomizations.flatMap((value) => [
    ...[...itemsOf(value['patches']), ...itemsOf(value['patchesJson6902'])].map((patch) => field(patch, 'patch')),
    ...itemsOf(value['patchesStrategicMerge']).filter((text) => typeof text === 'string' && isInline(text)),
  ]);
  const texts = [...patches, ...inline.filter((text) => typeof text === 'string')];
  return new Set([
    ...(kustomizations.some((value) => Object.hasOwn(value, 'replicas')) ? ['replicas'] : []),
    ...kustomizations.flatMap(pairKeys),
    ...texts.flatMap((text) => parseYaml(text).documents.flatMap(({ value }) => [...replacedKeysOf(value)])),
  ]);
}

/** The same for one patch: a strategic merge patch's keys, or what a JSON patch's pointers end with and its values' keys. */
export function replacedKeysOf(patch: Json): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value as readonly Json[]) visit(item);
    else if (isJsonObject(value)) {
      for (const [key, member] of Object.entries(value)) {
        keys.add(key);
        visit(member);
      }
    }
  };
  visit(patch);
  if (Array.isArray(patch)) {
    for (const operation of patch as readonly Json[]) {
      const pointer = field(operation, 'path');
      // An index at the end sets an item of the list that is named before it.
      const steps = typeof pointer === 'string' ? pointer.split('/').filter((step) => !/^(?:\d+|-)$/.test(step)) : [];
      keys.add((steps.at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~'));
    }
  }
  return keys;
}

function pairKeys(kustomization: JsonObject): readonly string[] {
  const maps = [
    kustomization['commonLabels'],
    kustomization['commonAnnotations'],
    ...itemsOf(kustomization['labels']).map((label) => field(label, 'pairs')),
  ];
  return maps.flatMap((map) => (isJsonObject(map) ? Object.keys(map) : []));
}
