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
  const state = { timer: undefined as NodeJS.Timeout | undefined, isActing: false, isDue: false, isOver: false };
  const run = async (): Promise<void> => {
    state.isActing = true;
    state.isDue = false;
    await act();
    state.isActing = false;
    if (state.isDue) schedule();
  };
  const schedule = (): void => {
    clearTimeout(state.timer);
    if (!state.isOver) state.timer = setTimeout(() => void run(), SETTLE_MS);
  };
  return {
    poke() {
      state.isDue = true;
      if (!state.isActing) schedule();
    },
    stop() {
      state.isOver = true;
      clearTimeout(state.timer);
    },
  };
}
