import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareText } from '../lib/order.ts';

const CODE = fileURLToPath(new URL('../', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url));

/** One text for the program that runs: its own code, what it depends on, and Node's version. Any edit of it gives another. */
export function programDigest(): string {
  const digest = createHash('sha256').update(process.version).update(readFileSync(PACKAGE));
  const entries = readdirSync(CODE, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort(compareText)) digest.update(`\0${relative(CODE, file)}\0`).update(readFileSync(file));
  return digest.digest('hex');
}
