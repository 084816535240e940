import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Whether a folder, which need not exist yet, lies in a Git work tree. */
export async function isInsideRepository(folder: string): Promise<boolean> {
  for (let here = folder; ; here = dirname(here)) {
    const isThere = await lstat(join(here, '.git')).then(
      () => true,
      () => false,
    );
    if (isThere || here === dirname(here)) return isThere;
  }
}
