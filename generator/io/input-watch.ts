import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createFolderWatch, type Obstacle } from './folder-watch.ts';

/** Follows `intents/` and `templates/`, and whether there is a `clusters/`. */
export interface InputWatch {
  /** Watches what is there now. To be called before it is read, so that what is written later is told. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export interface InputWatchOptions {
  /** `isInput` is false for what happens to `clusters/`. */
  readonly onChange: (isInput: boolean) => void;
}

const INPUT = ['intents', 'templates'];
const TREE = 'clusters';
const RETRY_MS = 1000;

/** By the system's watches of folders on Linux, unless a limit forbids it; otherwise by chokidar. */
export function createInputWatch(root: string, { onChange }: InputWatchOptions): InputWatch {
  const names: ReadonlySet<string | undefined> = new Set([...INPUT, TREE, basename(root)]);
  let obstacle: Obstacle | undefined;
  let other: Promise<{ close(): Promise<void> }> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isFirst = true;
  const folders = createFolderWatch({
    onChange: (folder, name) => onChange(folder !== root || name !== TREE),
    onObstacle: (met) => (obstacle = met),
    isIgnored: (folder, name) => folder === root && !names.has(name),
  });

  function follow(folder: string): void {
    // Before it is listed: what comes into it later is told.
    folders?.add(folder);
    for (const name of foldersIn(folder)) if (folder !== root || INPUT.includes(name)) follow(join(folder, name));
  }

  return {
    async renew() {
      const changed = await folders?.take();
      for (const folder of isFirst || changed === 'unknown' ? [root] : (changed ?? [])) follow(folder);
      isFirst = false;
      if (!folders || obstacle) await (other ??= watchOtherwise(root, { isPolling: folders !== undefined, onChange }));
      clearTimeout(retry);
      // Nothing tells that it came back.
      if (!existsSync(root)) retry = setTimeout(() => onChange(false), RETRY_MS);
    },
    async close() {
      clearTimeout(retry);
      folders?.close();
      await (await other)?.close();
    },
  };
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    // It is gone, or may not be read, which the next run tells.
    return [];
  }
}

interface Otherwise extends InputWatchOptions {
  /** Asks the disk again and again. */
  readonly isPolling: boolean;
}

async function watchOtherwise(root: string, { isPolling, onChange }: Otherwise): Promise<{ close(): Promise<void> }> {
  const { watch } = await import('chokidar');
  const paths = INPUT.map((name) => join(root, name));
  const watcher = watch(paths, { ignoreInitial: true, followSymlinks: false, usePolling: isPolling });
  const onEvent = (): void => onChange(true);
  // It keeps changes to itself that follow another one shortly: what it hears itself is needed as well.
  for (const event of ['all', 'raw', 'error'] as const) watcher.on(event, onEvent);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return watcher;
}
