import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RUN } from '../diagnostics/diagnose.ts';
import { compareText } from '../lib/order.ts';
import { parseRepoPath } from '../lib/path.ts';
import type { FolderReader } from '../model/ports.ts';
import { readText } from './read-text.ts';

/** Reads a folder anywhere on the disk. */
export function createFolderReader(root: string): FolderReader {
  return {
    async list(folder) {
      if (folder !== '' && (await obstacleAt(root, folder)) !== undefined) return undefined;
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => undefined);
      return entries
        ?.map((entry) => ({
          name: entry.name,
          kind: entry.isSymbolicLink()
            ? ('link' as const)
            : entry.isDirectory()
              ? ('folder' as const)
              : entry.isFile()
                ? ('file' as const)
                : ('other' as const),
        }))
        .sort((a, b) => compareText(a.name, b.name));
    },
    async read(path) {
      const obstacle = await obstacleAt(root, path);
      const parsed = parseRepoPath(path);
      if (obstacle !== undefined || parsed === undefined) return { reason: obstacle ?? 'it is no plain path' };
      const read = await readText({ root, path: parsed, reach: RUN });
      // What a diagnostic says after its colon.
      return 'text' in read ? { text: read.text } : { reason: read.message.slice(read.message.lastIndexOf('": ') + 3) };
    },
  };
}

/** A link on the way, or at its end; or nothing there. */
export async function obstacleAt(root: string, path: string): Promise<string | undefined> {
  const steps = path.split('/');
  for (const [index] of steps.entries()) {
    const stats = await lstat(join(root, ...steps.slice(0, index + 1))).catch(() => undefined);
    if (!stats) return 'it does not exist';
    if (stats.isSymbolicLink()) return index === steps.length - 1 ? 'it is a symbolic link' : 'it lies behind a symbolic link';
  }
  return undefined;
}
