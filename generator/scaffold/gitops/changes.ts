import { canonicalJson } from '../../lib/canonical-json.ts';
import { groupOf } from '../../lib/kube-names.ts';
import { compareText } from '../../lib/order.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';

/** A JSON patch (RFC 6902) that makes one value of another. */
export function operationsBetween(before: Json, after: Json, pointer = ''): readonly JsonObject[] {
  if (isJsonObject(before) && isJsonObject(after)) return betweenMaps(before, after, pointer);
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return (before as readonly Json[]).flatMap((item, index) =>
      operationsBetween(item, (after as readonly Json[])[index] ?? null, `${pointer}/${index}`),
    );
  return canonicalJson(before) === canonicalJson(after) ? [] : [{ op: 'replace', path: pointer, value: after }];
}

function betweenMaps(before: JsonObject, after: JsonObject, pointer: string): readonly JsonObject[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return keys.flatMap((key): readonly JsonObject[] => {
    const path = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const [one, other] = [own(before, key), own(after, key)];
    if (other === undefined) return [{ op: 'remove', path }];
    if (one === undefined) return [{ op: 'add', path, value: other }];
    return operationsBetween(one, other, path);
  });
}

function own(map: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The object without its namespace, which the logical cloud brings. */
export function withoutNamespace(object: KubeObject): KubeObject {
  const metadata = Object.entries(object.metadata).filter(([key]) => key !== 'namespace');
  return { ...object, metadata: { ...Object.fromEntries(metadata), name: object.metadata.name } };
}

/** A patch of an intent for one object. */
export function patchFor({ apiVersion, kind, metadata: { name } }: KubeObject, operations: readonly JsonObject[]): JsonObject {
  const group = groupOf(apiVersion);
  return {
    target: { ...(group !== '' && { group }), kind, name: name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') },
    json6902: operations,
  };
}
