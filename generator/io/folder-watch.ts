import { type FSWatcher, readFileSync, statfsSync, watch } from 'node:fs';
import type { FolderWatch } from '../model/ports.ts';

/** Why folders cannot be watched, from now on: a limit of the system, or a disk whose changes it does not tell. */
export type Obstacle = { readonly kind: 'limit'; readonly code: string } | { readonly kind: 'disk' };

export interface FolderWatchOptions {
  /** Something happened in the folder, or to it. `name`: what the system calls it. */
  readonly onChange: (folder: string, name: string | undefined) => void;
  /** Told once. */
  readonly onObstacle: (obstacle: Obstacle) => void;
  /** What happens to these names is of no interest. */
  readonly isIgnored?: (folder: string, name: string | undefined) => boolean;
}

/**
 * Watches folders through Linux' inotify; `undefined` on other systems. One watch for each folder is enough for its files, so that the limits of a
 * usual machine do for a tree of a hundred thousand. The system puts an event into the queue before the call that caused it returns.
 */
export function createFolderWatch({ onChange, onObstacle, isIgnored = () => false }: FolderWatchOptions): FolderWatch | undefined {
  if (process.platform !== 'linux') return undefined;
  const watchers = new Map<string, FSWatcher>();
  // Their events may still be in the queue, and have to be counted.
  const retired: FSWatcher[] = [];
  const changed = new Set<string>();
  let isBroken = false;
  let seenLosses = queue.losses;

  const closeAll = (): void => {
    for (const watcher of [...watchers.values(), ...retired]) watcher.close();
    watchers.clear();
    retired.length = 0;
  };
  const retire = (folder: string): void => {
    const watcher = watchers.get(folder);
    if (!watcher) return;
    watchers.delete(folder);
    retired.push(watcher);
  };
  const giveUp = (obstacle: Obstacle): void => {
    isBroken = true;
    closeAll();
    onObstacle(obstacle);
  };
  const note = (folder: string, name: string | undefined): void => {
    const isLost = countEvent();
    if (isBroken || (!isLost && isIgnored(folder, name))) return;
    changed.add(folder);
    onChange(folder, name);
  };

  return {
    add(folder) {
      if (isBroken) return;
      retire(folder);
      try {
        if (!tellsChanges(folder)) {
          giveUp({ kind: 'disk' });
          return;
        }
        const watcher = watch(folder, (_, name) => note(folder, name ?? undefined));
        watcher.on('error', () => {
          queue.losses += 1;
          onChange(folder, undefined);
        });
        watchers.set(folder, watcher);
      } catch (error) {
        const code = codeOf(error);
        // What is not there or may not be read comes to nothing now, and has to be tried again.
        if (NOT_THERE.has(code)) changed.add(folder);
        else giveUp({ kind: 'limit', code });
      }
    },
    drop: retire,
    async take() {
      await drain();
      for (const watcher of retired.splice(0)) watcher.close();
      const taken = new Set(changed);
      changed.clear();
      const isKnown = !isBroken && queue.losses === seenLosses;
      seenLosses = queue.losses;
      if (isKnown) return taken;
      closeAll();
      // What is left in the queue is counted no more: out with it before the next watches come.
      await drain();
      return 'unknown';
    },
    close: closeAll,
  };
}

const NOT_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES']);

/**
 * All watches of a thread share one queue. When it is full, the system drops what comes next, and Node does not say so. It is read until it is
 * empty, in one turn of the event loop; so many events in a turn may have been more.
 */
const queue = { events: 0, losses: 0, most: longestQueue() / 2 };

/** Counts an event; tells whether others may have been lost. */
function countEvent(): boolean {
  queue.events += 1;
  if (queue.events === 1) setImmediate(() => (queue.events = 0));
  if (queue.events < queue.most) return false;
  queue.losses += 1;
  return true;
}

/** How many events the system keeps for a process. Source: inotify(7). */
function longestQueue(): number {
  try {
    return Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8')) || 16_384;
  } catch {
    return 16_384;
  }
}

/** Resolves when everything has been told that is in the queue now: each turn reads it once, and the first one may have done so already. */
async function drain(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Disks that nobody changes but through this system. Source: statfs(2). Shares of other machines tell of our own changes only. */
const LOCAL_DISKS: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0x01021994, // tmpfs
  0x794c7630, // overlay
  0xf2f52010, // F2FS
  0x2fc12fc1, // ZFS
  0xca451a4e, // bcachefs
]);

function tellsChanges(folder: string): boolean {
  return LOCAL_DISKS.has(statfsSync(folder).type >>> 0);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
