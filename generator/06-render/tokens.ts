import { isJsonObject, type Json } from '../model/json.ts';

/** What may stand for a mustache: YAML's scalars. */
export type Scalar = null | boolean | number | bigint | string;

/** Texts and the numbers of tokens, in the order in which they stand. */
export type Parts = readonly (string | number)[];

const CLOSE = 'zz';

/**
 * A token is `<prefix><number>zz`: letters and digits only, a letter at both ends, so that it may stand wherever Kubernetes takes a name, a
 * label or an image tag. No prefix may occur in what is written around tokens: `avoid` says whether one does.
 */
export function choosePrefix(avoid: (prefix: string) => boolean): string {
  for (let count = 0; ; count++) {
    // Letters only and no z: it cannot run into the end of the token before, nor into its own number.
    const nonce = count
      .toString(16)
      .split('')
      .map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)])
      .join('');
    const prefix = `zzq${nonce}x`;
    if (!avoid(prefix)) return prefix;
  }
}

/** Whether a text occurs in a key or string of a value. */
export function mentions(value: Json | undefined, text: string): boolean {
  if (typeof value === 'string') return value.includes(text);
  if (Array.isArray(value)) return value.some((item: Json) => mentions(item, text));
  if (!isJsonObject(value)) return false;
  return Object.keys(value).some((key) => key.includes(text) || mentions(value[key], text));
}

export function tokenText(prefix: string, index: number): string {
  return `${prefix}${index}${CLOSE}`;
}

const patterns = new Map<string, RegExp>();

/** Splits a text at its tokens. A text without any comes back as one part. */
export function splitTokens(text: string, prefix: string): Parts {
  if (!text.includes(prefix)) return [text];
  const pattern = patterns.get(prefix) ?? new RegExp(`${prefix}(\\d{1,9})${CLOSE}`);
  patterns.set(prefix, pattern);
  const pieces = text.split(pattern);
  const parts: (string | number)[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 1) parts.push(Number(piece));
    else if (piece !== '') parts.push(piece);
  }
  return parts;
}

/** How a value reads inside a longer text. */
export function scalarText(value: Scalar): string {
  return value === null ? '' : String(value);
}
