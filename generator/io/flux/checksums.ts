import { createHash } from 'node:crypto';

/** Digest of a file in a checksums file as `sha256sum` writes it: `<hex>  <name>`, with `*` before the name in binary mode. */
export function checksumOf(name: string, checksums: string): string | undefined {
  for (const line of checksums.split('\n')) {
    const [, digest, file] = /^([0-9a-fA-F]{64}) [ *](\S+)\s*$/.exec(line) ?? [];
    if (file === name) return digest?.toLowerCase();
  }
  return undefined;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
