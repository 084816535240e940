import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../lib/hash.ts';
import type { BuildCache } from '../model/ports.ts';

// Changes whenever the shape of an entry does: older entries then read as absent.
const FORMAT = 'espalier-build-1';

/**
 * Remembers builds as files in a folder, one for each key, two levels deep. Each carries a checksum over key and value, so that a
 * truncated, damaged or misplaced entry reads as absent. A disk that fails costs time, never a result: reading answers "absent",
 * writing gives up. Files are put in place by renaming, so that two processes may share the folder.
 */
export function createBuildCache(dir: string): BuildCache {
  let attempts = 0;
  return {
    async read(key) {
      const { place } = placeOf(dir, key);
      const entry = await readFile(place, 'utf8').catch(() => undefined);
      return entry === undefined ? undefined : unwrap(key, entry);
    },
    async write(key, value) {
      const { folder, place } = placeOf(dir, key);
      attempts += 1;
      const draft = `${place}.${process.pid}.${attempts}`;
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(draft, wrap(key, value));
        await rename(draft, place);
      } catch {
        // Read-only or full: the build is done again next time.
        await rm(draft, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** The key's hash names the file: keys may hold anything. */
function placeOf(dir: string, key: string): { readonly folder: string; readonly place: string } {
  const name = sha256(key);
  const folder = join(dir, name.slice(0, 2));
  return { folder, place: join(folder, name) };
}

function wrap(key: string, value: string): string {
  return `${checksum(key, value)}\n${value}`;
}

function unwrap(key: string, entry: string): string | undefined {
  const end = entry.indexOf('\n');
  const value = entry.slice(end + 1);
  return entry.slice(0, Math.max(end, 0)) === checksum(key, value) ? value : undefined;
}

function checksum(key: string, value: string): string {
  return `${FORMAT} ${sha256(JSON.stringify([key, value]))}`;
}
