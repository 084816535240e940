import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';

const OBJECT: ReadonlySet<string> = new Set(['status', 'metadata']);
const METADATA: ReadonlySet<string> = new Set(['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink']);

/** An object without what the server keeps of it for itself. */
export function asObject(object: JsonObject): KubeObject {
  const { metadata } = object;
  const rest = Object.fromEntries(Object.entries(object).filter(([key]) => !OBJECT.has(key)));
  const kept = Object.entries(isJsonObject(metadata) ? metadata : {}).filter(([key]) => !METADATA.has(key));
  return { ...rest, metadata: Object.fromEntries(kept) } as KubeObject;
}
