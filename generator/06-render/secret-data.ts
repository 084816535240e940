import { groupOf, isSopsEncrypted } from '../lib/kube-names.ts';
import { secretInRendered } from '../lib/secret-shapes.ts';
import { isJsonObject, type Json, type JsonPath } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';

/** A credential that anybody who reads the tree could read. */
export interface ReadableSecret {
  readonly path: JsonPath;
  /** What a text looks like, such as `a GitHub token`; absent: a Secret's value that SOPS has not encrypted. */
  readonly what?: string;
}

/** Whether there is any. */
export function hasReadableData(object: KubeObject): boolean {
  return readableSecret(object) !== undefined;
}

/**
 * The first credential in the object: a value of a Secret (however its kind and fields are spelled) that SOPS has not encrypted, or a text anywhere
 * that has the shape of a credential.
 */
export function readableSecret(object: KubeObject): ReadableSecret | undefined {
  if (isSecret(object)) {
    const fields = Object.entries(object).filter(([key]) => DATA.has(key.toLowerCase()));
    const values = fields.flatMap(([, data]) => membersOf(data));
    if (values.length > 0 && !(isSopsEncrypted(object) && values.every((value) => typeof value === 'string' && ENCRYPTED.test(value))))
      return { path: [fields[0]?.[0] ?? 'data'] };
  }
  return shapedSecret(object, []);
}

/** However its kind is spelled. */
export function isSecret({ apiVersion, kind }: KubeObject): boolean {
  return kind.toLowerCase() === 'secret' && groupOf(apiVersion) === '';
}

function membersOf(data: Json): readonly Json[] {
  if (Array.isArray(data)) return data as readonly Json[];
  return isJsonObject(data) ? Object.values(data) : [data];
}

function shapedSecret(value: Json, path: JsonPath): ReadableSecret | undefined {
  if (typeof value === 'string') {
    const what = secretInRendered(value);
    return what === undefined ? undefined : { path, what };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries<Json>(value)) {
    const found = shapedSecret(member, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}

const DATA = new Set(['data', 'stringdata']);
const ENCRYPTED = /^ENC\[AES256_GCM,data:[^,\]]*,iv:[^,\]]+,tag:[^,\]]+,type:\w+\]$/;
