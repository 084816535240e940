import { join } from 'node:path';
import { watch } from 'chokidar';

export interface Watcher {
  close(): Promise<void>;
}

const SETTLE_MS = 50;

/**
 * Calls back at once, and again when something below `intents/` or `templates/` changed, after things have settled. Calls never overlap: what
 * changes during one leads to another after it. Resolves once everything is being watched.
 */
export async function watchInput(root: string, onChange: () => Promise<void>): Promise<Watcher> {
  const schedule = createSchedule(onChange);
  const watcher = watch([join(root, 'intents'), join(root, 'templates')], { ignoreInitial: true, followSymlinks: false });
  watcher.on('all', schedule.poke);
  // A folder that cannot be watched cannot be read either, which the next run tells.
  watcher.on('error', schedule.poke);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  schedule.poke();
  return {
    async close() {
      schedule.stop();
      await watcher.close();
    },
  };
}

interface Schedule {
  readonly poke: () => void;
  readonly stop: () => void;
}

function createSchedule(act: () => Promise<void>): Schedule {
  let timer: NodeJS.Timeout | undefined;
  let isActing = false;
  let isOver = false;
  let pokes = 0;
  const run = async (): Promise<void> => {
    const seen = pokes;
    isActing = true;
    await act();
    isActing = false;
    if (pokes !== seen) schedule();
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(() => void run(), SETTLE_MS);
  };
  return {
    poke() {
      pokes += 1;
      if (!isActing) schedule();
    },
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
