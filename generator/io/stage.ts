import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import type { FileChange } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';

/** A folder beside the tree, for files that wait to be swapped in and for those that were swapped out. */
export interface Stage {
  /** Writes the contents of all changes, each to `new-<index>`; stops early when aborted. */
  fill(changes: readonly FileChange[], signal?: AbortSignal): Promise<void>;
  /** Absolute path of a file in the stage. */
  file(name: string): string;
  /** Removes the stage, and the folder of stages if it was the last. */
  remove(): Promise<void>;
}

const AT_A_TIME = 64;
const FOLDER = '.espalier';

/** Another machine that shares the disk may be slow, but not as slow as this. */
const GIVEN_UP_MS = 6 * 60 * 60 * 1000;

/** Opens a stage below the root, and removes those that killed runs left behind. */
export async function openStage(root: string): Promise<Stage | Diagnostic> {
  const home = join(root, FOLDER);
  await mkdir(home).catch(ignoreExisting);
  const stats = await lstat(home);
  // A pull request could bring a link that leads the stage elsewhere.
  if (!stats.isDirectory()) return diagnose('cannot-write', { path: FOLDER, reason: 'it is not a folder' }, { reach: RUN });
  await removeLeftovers(home);
  const folder = await mkdtemp(join(home, `stage-${process.pid}-${machine()}-`));
  // Whatever happens, nobody commits it.
  await writeFile(join(folder, '.gitignore'), '*\n');
  return {
    async fill(changes, signal) {
      for (const [index, { after }] of changes.entries()) {
        // Synchronous calls are several times faster than promises here; the pauses let signals in.
        if (index % AT_A_TIME === 0) await setImmediate();
        if (signal?.aborted === true) return;
        if (after !== undefined) writeFileSync(join(folder, `new-${index}`), after, { flag: 'wx' });
      }
    },
    file: (name) => join(folder, name),
    async remove() {
      await rm(folder, { recursive: true, force: true });
      await rmdir(home).catch(() => undefined);
    },
  };
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

async function removeLeftovers(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const [, pid, owner] = /^stage-([0-9]+)-([0-9a-f]{8})-[A-Za-z0-9]+$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const isDead = owner === machine() ? !isRunning(Number(pid)) : await isOld(join(home, name));
    if (isDead) await rm(join(home, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function isOld(folder: string): Promise<boolean> {
  const { mtimeMs } = await stat(folder);
  return Date.now() - mtimeMs > GIVEN_UP_MS;
}

/** Process ids mean something on one machine (or in one container) only. */
function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}
