import type { KubeObject } from '../model/kube.ts';
import { sha256 } from './hash.ts';
import { groupOf, isKubernetesGroup, namespaceOf } from './kube-names.ts';

/** File systems allow 255 bytes; some room is left for tools that append to names. */
const MAX_LENGTH = 240;

/**
 * `<name>-<kind>[.<group>][.<namespace>].yaml`: the group unless it is Kubernetes' own, the namespace unless it is the cloud's.
 * Characters other than `a-z`, `0-9`, `.` and `-` become `_` and their UTF-8 bytes in hex, so that different names give different
 * files on any file system. A name that would be too long is cut and ends in a hash.
 */
export function objectFileName(object: KubeObject, cloudNamespace: string): string {
  const group = groupOf(object.apiVersion);
  const namespace = namespaceOf(object);
  const parts = [`${encode(object.metadata.name)}-${encode(object.kind.toLowerCase())}`];
  if (!isKubernetesGroup(group)) parts.push(encode(group));
  if (namespace !== undefined && namespace !== cloudNamespace) parts.push(encode(namespace));
  const name = parts.join('.');
  return name.length <= MAX_LENGTH ? `${name}.yaml` : `${name.slice(0, MAX_LENGTH - 17)}_${sha256(name).slice(0, 16)}.yaml`;
}

function encode(text: string): string {
  return text.replace(/[^a-z0-9.-]/gu, (char) =>
    [...new TextEncoder().encode(char)].map((byte) => `_${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
