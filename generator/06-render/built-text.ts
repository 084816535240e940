import { sha256 } from '../lib/hash.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';

const INTEGER = '\u0000integer';

/** Built objects as text for the cache, with a checksum before it. `undefined`: they hold what the text could not tell apart. */
export function writeBuilt(objects: readonly KubeObject[]): string | undefined {
  const text = JSON.stringify(objects, (_, value: unknown) => (typeof value === 'bigint' ? { [INTEGER]: value.toString() } : value));
  const marks = text.split('\\u0000integer').length - 1;
  return marks === countIntegers(objects) ? `${sha256(text)}\n${text}` : undefined;
}

function countIntegers(value: Json): number {
  if (typeof value === 'bigint') return 1;
  const members = Array.isArray(value) ? (value as readonly Json[]) : isJsonObject(value) ? Object.values(value) : [];
  return members.reduce<number>((sum, member) => sum + countIntegers(member), 0);
}

/** `undefined` for a text that is damaged. */
export function readBuilt(stored: string): readonly KubeObject[] | undefined {
  const cut = stored.indexOf('\n');
  const text = stored.slice(cut + 1);
  if (stored.slice(0, cut) !== sha256(text)) return undefined;
  return JSON.parse(text, (_, value: Json) => {
    const digits = isJsonObject(value) && Object.hasOwn(value, INTEGER) ? value[INTEGER] : undefined;
    return typeof digits === 'string' ? BigInt(digits) : value;
  }) as readonly KubeObject[];
}
