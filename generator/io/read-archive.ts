import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
/** Helm itself takes no chart whose files are larger together (100 MiB). */
const LARGEST = 100 * 1024 * 1024;

/**
 * The files of a `.tgz` that are wanted, by their path without its first folder. Nothing is unpacked to disk, and links, devices and long names
 * are passed over. `undefined`: it is no such archive, or a bomb. Source: POSIX, pax, "ustar Interchange Format".
 */
export function readArchive(bytes: Uint8Array, isWanted: (path: string) => boolean): ReadonlyMap<string, string> | undefined {
  const inner = (path: string): string => path.split('/').slice(1).join('/');
  const files = readEntries(bytes, (path) => isWanted(inner(path)));
  return files && new Map([...files].map(([path, text]) => [inner(path), text]));
}

/** The same by their whole paths, as they stand in the archive: nothing says that they are safe to write to. */
export function readEntries(bytes: Uint8Array, isWanted: (path: string) => boolean): ReadonlyMap<string, string> | undefined {
  const content = unzip(bytes);
  if (!content) return undefined;
  const files = new Map<string, string>();
  for (let offset = 0; offset + BLOCK <= content.byteLength;) {
    const header = content.subarray(offset, offset + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = Number.parseInt(textOf(header.subarray(124, 136)), 8);
    const start = offset + BLOCK;
    if (!Number.isInteger(size) || size < 0 || start + size > content.byteLength) return undefined;
    const path = nameOf(header);
    if (isOrdinary(header) && isWanted(path)) files.set(path, new TextDecoder().decode(content.subarray(start, start + size)));
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function unzip(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST });
  } catch {
    return undefined;
  }
}

function isOrdinary(header: Uint8Array): boolean {
  return header[156] === 0 || header[156] === 0x30;
}

function nameOf(header: Uint8Array): string {
  const prefix = textOf(header.subarray(345, 500));
  const name = textOf(header.subarray(0, 100));
  return textOf(header.subarray(257, 262)) === 'ustar' && prefix !== '' ? `${prefix}/${name}` : name;
}

function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}
