import type { Outcome } from '../model/diagnostic.ts';

/** Several outcomes as one of all values. */
export function mergeOutcomes<T>(outcomes: readonly Outcome<T>[]): Outcome<readonly T[]> {
  return { value: outcomes.map(({ value }) => value), diagnostics: outcomes.flatMap(({ diagnostics }) => diagnostics) };
}
