import type { Severity } from '../model/diagnostic.ts';

/** What one code says: its severity, a page's title and text, and the sentences that a finding shows. */
export interface Entry<Args> {
  readonly severity: Severity;
  /** Told in one line: it is true of every run until somebody decides, and must not stand before what is new. */
  readonly isBrief?: true;
  /** Heading of the page: the mistake, in a few words. */
  readonly title: string;
  /** Markdown for the page: why this is a mistake, what happens, how to mend it. */
  readonly explain: string;
  /** One sentence, no final period: the action that failed, quoted values, colon before detail. */
  readonly message: (args: Args) => string;
  /** What to do, one sentence, no final period. */
  readonly hint?: (args: Args) => string | undefined;
}

/** Types an entry of a catalogue. */
export function entry<Args>(value: Entry<Args>): Entry<Args> {
  return value;
}
