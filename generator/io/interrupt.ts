/** Listens for Ctrl-C and for being told to end. */
export interface Interrupt {
  /** Aborted by the first signal; the second ends the process at once. */
  readonly signal: AbortSignal;
  close(): void;
}

/** What shells report of a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

let isOver = false;

/** Whether a signal came: builds may still be under way that nobody waits for. */
export function wasInterrupted(): boolean {
  return isOver;
}

export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    isOver = true;
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    close() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
