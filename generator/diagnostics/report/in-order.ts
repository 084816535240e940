import { compareText } from '../../lib/order.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';

/** Sorted for reading: warnings first and errors last, where they stay on the screen; each by file and place, those without a place first. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      compareText(a.source?.file ?? '', b.source?.file ?? '') ||
      (a.source?.line ?? 0) - (b.source?.line ?? 0) ||
      (a.source?.column ?? 0) - (b.source?.column ?? 0) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

function rank({ severity }: Diagnostic): number {
  return severity === 'warning' ? 0 : 1;
}
