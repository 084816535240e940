import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { env } from 'node:process';

/** The absolute path of a program: a name without a slash is looked up in PATH, as a shell does. A missing one keeps its name. */
export async function findProgram(path: string): Promise<string> {
  if (/[/\\]/.test(path)) return resolve(path);
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')) {
    const candidate = join(folder, path);
    try {
      await access(candidate, constants.X_OK);
      return resolve(candidate);
    } catch {
      // Not there: the next folder.
    }
  }
  return resolve(path);
}
