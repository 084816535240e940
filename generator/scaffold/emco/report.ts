import { createEntries, type Entry, type Outcome } from '../import-report.ts';
import { nounOf } from './anchors.ts';
import type { EmcoDocument } from './model.ts';

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
  const entries = createEntries();
  const told = new Set<EmcoDocument>();
  const add = (
    outcome: Outcome,
    document: EmcoDocument,
    rest: { readonly what?: string; readonly to?: string; readonly reason?: string },
  ): void => {
    if (outcome === 'carried' || outcome === 'left') told.add(document);
    entries.add(outcome, { what: titleOf(document), ...rest, place: document.place });
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
    entries: entries.all,
  };
}

/** `cluster provider1/cluster1`. */
export function titleOf({ kind, scope, name, anchor }: EmcoDocument): string {
  if (kind === 'other') return name === '' ? anchor : `${anchor}/${name}`;
  return `${nounOf(kind)} ${[...scope, name].filter((part) => part !== '').join('/')}`;
}
