import { groupOf, isSopsEncrypted } from '../lib/kube-names.ts';
import { isJsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';

/** Whether the object is a Secret with a value that anybody who reads the tree could read: any that SOPS has not encrypted. */
export function hasReadableData(object: KubeObject): boolean {
  if (object.kind !== 'Secret' || groupOf(object.apiVersion) !== '') return false;
  const values = [object['data'], object['stringData']].flatMap((data) => (isJsonObject(data) ? Object.values(data) : []));
  return values.length > 0 && !(isSopsEncrypted(object) && values.every((value) => typeof value === 'string' && ENCRYPTED.test(value)));
}

const ENCRYPTED = /^ENC\[[A-Z0-9_]+,[^\]]+\]$/;
