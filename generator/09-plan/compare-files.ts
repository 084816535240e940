import { groupOf, namespaceOf } from '../lib/kube-names.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { compareValues, type FieldChange } from './compare-values.ts';

/** One object of a file, and what becomes of it. */
export type ObjectChange =
  | { readonly action: 'create' | 'delete'; readonly object: KubeObject }
  | { readonly action: 'update'; readonly object: KubeObject; readonly fields: readonly FieldChange[] };

/** What a change of a file means: objects, or text where it holds none. */
export type FileChange =
  | { readonly kind: 'objects'; readonly objects: readonly ObjectChange[] }
  | { readonly kind: 'text'; readonly before: string; readonly after: string };

/** Compares a file's texts, the empty text standing for none, by object and field. */
export function compareFiles(before: string, after: string): FileChange {
  const [one, other] = [readObjects(before), readObjects(after)];
  if (!one || !other) return { kind: 'text', before, after };
  const objects = [...new Set([...one.keys(), ...other.keys()])].flatMap((key) => compareObjects(one.get(key), other.get(key)));
  // Comments and layout only: then the text is what differs.
  return objects.length === 0 && before !== after ? { kind: 'text', before, after } : { kind: 'objects', objects };
}

function compareObjects(before: KubeObject | undefined, after: KubeObject | undefined): readonly ObjectChange[] {
  if (!before || !after)
    return [
      ...(before ? [{ action: 'delete', object: before } as const] : []),
      ...(after ? [{ action: 'create', object: after } as const] : []),
    ];
  const fields = compareValues(before, after);
  return fields.length === 0 ? [] : [{ action: 'update', object: after, fields }];
}

/** A file's objects by identity; `undefined` if it holds anything else. */
function readObjects(text: string): ReadonlyMap<string, KubeObject> | undefined {
  const objects = new Map<string, KubeObject>();
  const { documents, problems } = parseYaml(text);
  if (problems.length > 0) return undefined;
  for (const { value } of documents) {
    if (value === null) continue;
    if (!isKubeObject(value)) return undefined;
    const key = JSON.stringify([groupOf(value.apiVersion), value.kind, namespaceOf(value), value.metadata.name]);
    if (objects.has(key)) return undefined;
    objects.set(key, value);
  }
  return objects;
}

function isKubeObject(value: Json): value is KubeObject {
  if (!isJsonObject(value) || typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string') return false;
  const { metadata } = value;
  return isJsonObject(metadata) && typeof metadata['name'] === 'string';
}
