import { createInputWatch } from './input-watch.ts';

export interface Watcher {
  /** Something changed elsewhere that may call for a run. */
  poke(): void;
  close(): Promise<void>;
}

/** Milliseconds. */
export interface Pace {
  /** How long things must be quiet: editors save in steps, such as another file renamed, or the file emptied and then written. */
  readonly settle: number;
  /** Whoever writes without end shall not put off the run for ever. */
  readonly longest: number;
}

export interface WatchOptions {
  readonly pace: Pace;
  /** Whether it calls for a run that `clusters/` comes or goes. */
  readonly followsTree: boolean;
  /** `isInput` is false where nothing of `intents/` or `templates/` changed. */
  readonly act: (isInput: boolean) => Promise<void>;
}

/**
 * Acts at once, and again when something below `intents/` or `templates/` changed, as soon as things have settled. Acts never overlap: what changes
 * during one leads to another after it.
 */
export function watchInput(root: string, { pace, followsTree, act }: WatchOptions): Watcher {
  const input = createInputWatch(root, {
    onChange: (isInput) => {
      if (isInput || followsTree) schedule.poke(isInput);
    },
  });
  const schedule = createSchedule(pace, async (isInput) => {
    await input.renew();
    await act(isInput);
  });
  schedule.poke(true);
  return {
    poke: () => schedule.poke(false),
    async close() {
      schedule.stop();
      await input.close();
    },
  };
}

interface Schedule {
  readonly poke: (isInput: boolean) => void;
  readonly stop: () => void;
}

function createSchedule({ settle, longest }: Pace, act: (isInput: boolean) => Promise<void>): Schedule {
  let timer: NodeJS.Timeout | undefined;
  const state = { isActing: false, isOver: false };
  /** What no run has answered yet, and when it began. */
  let asked: { readonly isInput: boolean; readonly since: number } | undefined;
  const run = async ({ isInput }: { readonly isInput: boolean }): Promise<void> => {
    asked = undefined;
    state.isActing = true;
    await act(isInput);
    state.isActing = false;
    schedule();
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (!asked || state.isActing || state.isOver) return;
    const now = asked;
    const left = Math.max(0, now.since + longest - performance.now());
    timer = setTimeout(() => void run(now), Math.min(settle, left));
  };
  return {
    poke(isInput) {
      asked = { isInput: isInput || asked?.isInput === true, since: asked?.since ?? performance.now() };
      schedule();
    },
    stop() {
      state.isOver = true;
      clearTimeout(timer);
    },
  };
}
