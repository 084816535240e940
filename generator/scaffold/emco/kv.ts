import { secretIn, isSecretKey } from '../../lib/secret-shapes.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { items, textOf } from './members.ts';
import type { EmcoDocument } from './model.ts';

/** Key-value pairs of a document. A credential's value is not among them: whether there is one, and its key, is all that is kept. */
export interface Pairs {
  readonly values: ReadonlyMap<string, Json>;
  readonly credentials: readonly string[];
}

/** Keys of EMCO's sync objects that hold credentials, beside those that look like it. Source: EMCO, src/rsync/pkg/gitops/gitsupport and plugins. */
const CREDENTIALS: ReadonlySet<string> = new Set(['gittoken', 'token', 'clientsecret', 'password', 'kubeconfig', 'privatekey', 'sshkey']);

export function readPairs({ spec }: EmcoDocument): Pairs {
  const values = new Map<string, Json>();
  const credentials: string[] = [];
  for (const item of items(spec['kv'])) {
    if (!isJsonObject(item)) continue;
    for (const [key, value] of Object.entries(item)) {
      const text = textOf(value);
      const isCredential =
        CREDENTIALS.has(key.toLowerCase()) || isSecretKey(key) || (text !== undefined && secretIn(text) !== undefined && !isUrl(text));
      if (!isCredential) values.set(key, value);
      else if (text !== undefined && text !== '') credentials.push(key);
    }
  }
  return { values, credentials };
}

/** An address may hold a password; what reads it takes that away. */
function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/** The first of some keys that has a value; documents of several versions of EMCO spell them differently. */
export function pairText({ values }: Pairs, ...keys: readonly string[]): string | undefined {
  for (const wanted of keys)
    for (const [key, value] of values)
      if (key.toLowerCase() === wanted.toLowerCase()) return textOf(value) === '' ? undefined : textOf(value);
  return undefined;
}
