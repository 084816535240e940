import { type FSWatcher, readFileSync, mkdtempSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { FolderWatch } from '../model/ports.ts';

const LONGEST_WAIT_MS = 2000;

/**
 * Watches folders through Linux' inotify, whose events come in the order of what happened: once the event of a file comes that was written last, all
 * others have come. One watch for each folder is enough for its files, so that the limits of a usual machine do for a tree of a hundred thousand.
 * Where a limit is met, or events may have been lost, nothing is known. `undefined` on other systems.
 */
export function createFolderWatch(onChange: () => void): FolderWatch | undefined {
  if (process.platform !== 'linux') return undefined;
  const most = queueLength() / 2;
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  const cookies = createCookies();
  let isBroken = cookies === undefined;
  let isLost = false;
  let burst = 0;
  const count = (): void => {
    burst += 1;
    if (burst > 1) return;
    setImmediate(() => {
      // The system drops events when its queue is full, and tells nobody.
      if (burst >= most) isLost = true;
      burst = 0;
    });
  };
  const give = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  return {
    add(folder) {
      if (isBroken) return;
      const before = watchers.get(folder);
      try {
        const watcher = watch(folder, () => {
          count();
          changed.add(folder);
          onChange();
        });
        watcher.on('error', () => (isLost = true));
        watchers.set(folder, watcher);
        before?.close();
      } catch (error) {
        // A folder that is gone again is a change of the one above it; anything else is a limit.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) isBroken = true;
      }
    },
    drop: give,
    async take() {
      const isSure = !isBroken && (await cookies?.pass(LONGEST_WAIT_MS)) === true;
      // Events of this turn are counted when it ends.
      await new Promise((resolve) => setImmediate(resolve));
      const taken = new Set(changed);
      changed.clear();
      const isKnown = isSure && !isLost;
      isLost = false;
      return isKnown ? taken : 'unknown';
    },
    close() {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
      cookies?.close();
    },
  };
}

interface Cookies {
  /** Resolves when the event of a file comes that is written now; false if it does not come. */
  pass(longestMs: number): Promise<boolean>;
  close(): void;
}

function createCookies(): Cookies | undefined {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'espalier-watch-'));
    const waiting = new Map<string, () => void>();
    const watcher = watch(folder, (_, name) => waiting.get(basename(name ?? ''))?.());
    let last = 0;
    return {
      async pass(longestMs) {
        const name = `${++last}`;
        let timer: NodeJS.Timeout | undefined;
        const passed = new Promise<boolean>((resolve) => {
          waiting.set(name, () => resolve(true));
          timer = setTimeout(() => resolve(false), longestMs);
        });
        writeFileSync(join(folder, name), '');
        const isPassed = await passed;
        clearTimeout(timer);
        waiting.delete(name);
        rmSync(join(folder, name), { force: true });
        return isPassed;
      },
      close() {
        watcher.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch {
    return undefined;
  }
}

/** How many events the system keeps for us. Source: inotify(7). */
function queueLength(): number {
  try {
    return Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8')) || 16_384;
  } catch {
    return 16_384;
  }
}
