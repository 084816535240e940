import { groupOf, isSopsEncrypted } from '../lib/kube-names.ts';
import { secretIn } from '../lib/secret-shapes.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';

/**
 * Whether anybody who reads the tree could read a credential in the object: a Secret (however its kind and fields are spelled) with a value
 * that SOPS has not encrypted, or a text anywhere that has the shape of a credential.
 */
export function hasReadableData(object: KubeObject): boolean {
  if (isSecret(object)) {
    const fields = Object.entries(object).filter(([key]) => DATA.has(key.toLowerCase()));
    const values = fields.flatMap(([, data]) => membersOf(data));
    if (values.length > 0 && !(isSopsEncrypted(object) && values.every((value) => typeof value === 'string' && ENCRYPTED.test(value))))
      return true;
  }
  return looksSecret(object);
}

/** However its kind is spelled. */
export function isSecret({ apiVersion, kind }: KubeObject): boolean {
  return kind.toLowerCase() === 'secret' && groupOf(apiVersion) === '';
}

function membersOf(data: Json): readonly Json[] {
  if (Array.isArray(data)) return data as readonly Json[];
  return isJsonObject(data) ? Object.values(data) : [data];
}

function looksSecret(value: Json): boolean {
  if (typeof value === 'string') return secretIn(value) !== undefined;
  if (Array.isArray(value)) return value.some((item: Json) => looksSecret(item));
  return isJsonObject(value) && Object.values(value).some(looksSecret);
}

const DATA = new Set(['data', 'stringdata']);
const ENCRYPTED = /^ENC\[AES256_GCM,data:[^,\]]*,iv:[^,\]]+,tag:[^,\]]+,type:\w+\]$/;
