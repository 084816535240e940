import { printable } from '../../lib/printable.ts';
import { compareText, sortBy } from '../../lib/order.ts';
import { nounOf } from './anchors.ts';
import type { EmcoDocument, Place } from './model.ts';

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

/** Takes down what becomes of each document. */
export interface Report {
  carried(document: EmcoDocument, to: string): void;
  changed(document: EmcoDocument, reason: string): void;
  left(document: EmcoDocument, reason: string): void;
  todo(document: EmcoDocument, reason: string): void;
  /** Of a part of a document that was carried over. */
  leftPart(document: EmcoDocument, part: { readonly what: string; readonly reason: string }): void;
  readonly isTold: (document: EmcoDocument) => boolean;
  /** By file and line. */
  readonly entries: () => readonly Entry[];
}

export function createReport(): Report {
  const entries: Entry[] = [];
  const told = new Set<EmcoDocument>();
  const add = (
    outcome: Outcome,
    document: EmcoDocument,
    rest: { readonly what?: string; readonly to?: string; readonly reason?: string },
  ): void => {
    if (outcome === 'carried' || outcome === 'left') told.add(document);
    const { what = titleOf(document), to, reason } = rest;
    const entry = {
      outcome,
      what: printable(what),
      ...(to !== undefined && { to }),
      ...(reason !== undefined && { reason: printable(reason) }),
      ...document.place,
    };
    if (
      !entries.some(
        (other) => other.outcome === outcome && other.what === entry.what && other.reason === entry.reason && other.to === entry.to,
      )
    )
      entries.push(entry);
  };
  return {
    carried: (document, to) => add('carried', document, { to }),
    changed: (document, reason) => add('changed', document, { reason }),
    left: (document, reason) => add('left', document, { reason }),
    todo: (document, reason) => add('todo', document, { reason }),
    leftPart(document, { what, reason }) {
      add('left', document, { what: `${what} of ${titleOf(document)}`, reason });
    },
    isTold: (document) => told.has(document),
    entries: () =>
      sortBy(entries, ({ outcome, what, reason = '' }) => `${what}\0${outcome}\0${reason}`).sort(
        (a, b) => compareText(a.file, b.file) || a.line - b.line,
      ),
  };
}

/** `cluster provider1/cluster1`. */
export function titleOf({ kind, scope, name, anchor }: EmcoDocument): string {
  if (kind === 'other') return name === '' ? anchor : `${anchor}/${name}`;
  return `${nounOf(kind)} ${[...scope, name].filter((part) => part !== '').join('/')}`;
}
