import { compareText, sortBy } from '../lib/order.ts';
import { printable } from '../lib/printable.ts';

/** A place in a file that was read: its path as the report shows it, the line from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * What became of something: `carried` over as it is, `changed` so that it means or is called something else here, `left` out, or `todo`: somebody
 * has to do something.
 */
export type Outcome = 'carried' | 'changed' | 'left' | 'todo';

export interface Entry extends Place {
  readonly outcome: Outcome;
  readonly what: string;
  /** The file that it went into. */
  readonly to?: string;
  readonly reason?: string;
}

export interface Entries {
  add(outcome: Outcome, entry: NewEntry): void;
  /** By file and line. */
  readonly all: () => readonly Entry[];
}

interface NewEntry {
  readonly place: Place;
  readonly what: string;
  readonly to?: string | undefined;
  readonly reason?: string | undefined;
}

/** A list of what became of each thing; what is said twice stands once. */
export function createEntries(): Entries {
  const entries = new Map<string, Entry>();
  return {
    add(outcome, { place: { file, line }, what, to, reason }) {
      const told = {
        outcome,
        what: printable(what),
        ...(to !== undefined && { to }),
        ...(reason !== undefined && { reason: printable(reason) }),
        file: printable(file),
        line,
      };
      const key = JSON.stringify(told);
      if (!entries.has(key)) entries.set(key, told);
    },
    all: () =>
      sortBy(entries.values(), ({ outcome, what, reason = '' }) => `${what}\0${outcome}\0${reason}`).sort(
        (a, b) => compareText(a.file, b.file) || a.line - b.line,
      ),
  };
}
