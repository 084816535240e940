/** Install manifests as obtained, and where from; or why there are none. */
export type Obtained =
  | { readonly kind: 'obtained'; readonly text: string; readonly from: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'wrong-checksum'; readonly file: string; readonly expected: string; readonly found: string };

/** Manifests with all of Flux's controllers are some 400 kB; what is read later may have 1 MiB. */
export const LARGEST = 1024 * 1024;

export function failed(reason: string): Obtained {
  return { kind: 'failed', reason };
}

/** Text of what was obtained; a byte order mark or other encodings would not come back as the same bytes. */
export function toText(bytes: Uint8Array, from: string): Obtained {
  if (bytes.byteLength > LARGEST) return failed('it is larger than 1 MiB');
  if (bytes.includes(0)) return failed('it is not text');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\uFEFF') ? failed('it begins with a byte order mark') : { kind: 'obtained', text, from };
  } catch {
    return failed('it is not UTF-8');
  }
}
