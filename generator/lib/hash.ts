import { createHash, hash } from 'node:crypto';
import type { Context, ContextId, ContextRef } from '../model/context.ts';
import type { Oid } from '../model/file.ts';

/** SHA-256 of UTF-8 text, in hex. */
export function sha256(text: string): string {
  return hash('sha256', text);
}

/** Git's blob id (SHA-1 form). */
export function blobOid(content: Uint8Array): Oid {
  return createHash('sha1').update(`blob ${content.byteLength}\0`).update(content).digest('hex') as Oid;
}

/** The same for a text, without making its bytes where that can be avoided. */
export function textOid(text: string): Oid {
  return hash('sha1', `blob ${Buffer.byteLength(text)}\0${text}`) as Oid;
}

/** The context's id, unless the intent keeps an earlier one. EMCO's shape (a positive int63 in decimal), derived instead of drawn. */
export function toContext(ref: ContextRef, keptId?: string): Context {
  const digest = createHash('sha256').update(`${ref.kind}/${ref.namespace}/${ref.name}`).digest();
  const id = keptId ?? (digest.readBigUInt64BE(0) >> 1n).toString();
  return { kind: ref.kind, namespace: ref.namespace, name: ref.name, id: id as ContextId };
}
