import { compareText } from '../../lib/order.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Source } from '../../model/source.ts';

/** Sorted for reading: warnings first and errors last, where they stay on the screen; each by file and place, those without a place first. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => rank(a) - rank(b) || comparePlaces(a.source, b.source) || compareText(words(a), words(b)));
}

function rank({ severity }: Diagnostic): number {
  return severity === 'warning' ? 0 : 1;
}

function comparePlaces(a: Source | undefined, b: Source | undefined): number {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

function words({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}
