import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { MARKERS, type Oid } from '../model/file.ts';

export interface Blob {
  readonly oid: Oid;
  readonly isMarked: boolean;
  /** The first bytes, where asked for. */
  readonly head?: string;
}

// Neither a link that took the file's place nor a pipe without a writer may lead elsewhere or block.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** One for all files: nothing here waits between filling and hashing it. */
const buffer = Buffer.allocUnsafe(1024 * 1024);

/** A checkout may have turned line ends into CRLF. */
const FIRST_LINES = MARKERS.flatMap((marker) => [Buffer.from(`${marker}\n`), Buffer.from(`${marker}\r\n`)]);

/** Git's id of a file's content, however large, and whether its first line is one of our markers. Throws what the system says. `head`: bytes to keep. */
export function readBlob(path: string, { head = 0 }: { readonly head?: number } = {}): Blob | 'odd' | 'changed' {
  const file = openSync(path, FLAGS);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return 'odd';
    const hash = createHash('sha1').update(`blob ${stats.size}\0`);
    let isMarked = false;
    let beginning = '';
    let length = 0;
    for (let read = -1; read !== 0 && length <= stats.size;) {
      read = readSync(file, buffer, 0, buffer.byteLength, null);
      if (length === 0) {
        isMarked = FIRST_LINES.some((line) => buffer.subarray(0, Math.min(read, line.byteLength)).equals(line));
        if (head > 0) beginning = buffer.toString('utf8', 0, Math.min(read, head));
      }
      hash.update(buffer.subarray(0, read));
      length += read;
      // A short read of an ordinary file is its end; one call fewer for each of many thousand files.
      if (length === stats.size && read < buffer.byteLength) break;
    }
    if (length !== stats.size) return 'changed';
    return { oid: hash.digest('hex') as Oid, isMarked, ...(head > 0 && { head: beginning }) };
  } finally {
    closeSync(file);
  }
}
