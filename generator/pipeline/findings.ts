import { withoutEchoes } from '../diagnostics/echoes.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';

/** Everything found in a run. */
export interface Findings {
  /** Keeps an outcome's findings, and gives its value. */
  take<T>(outcome: Outcome<T>): T;
  add(diagnostics: readonly Diagnostic[]): void;
  /** Each once for every reach that it has. */
  all(): readonly Diagnostic[];
  /** Each once. */
  shown(which?: (finding: Diagnostic) => boolean): readonly Diagnostic[];
  count(): number;
  hasErrors(which?: (error: Diagnostic) => boolean): boolean;
  /** Whether an error concerns what all share, so that nothing may be written. */
  reachRun(): boolean;
}

export function createFindings(): Findings {
  const found = new Map<string, Diagnostic>();
  const add = (diagnostics: readonly Diagnostic[]): void => {
    for (const diagnostic of diagnostics)
      found.set(JSON.stringify([diagnostic.code, diagnostic.message, diagnostic.source, diagnostic.reach]), diagnostic);
  };
  const errors = (): readonly Diagnostic[] => [...found.values()].filter(({ severity }) => severity === 'error');
  return {
    take: ({ value, diagnostics }) => {
      add(diagnostics);
      return value;
    },
    add,
    all: () => [...found.values()],
    shown: (which = () => true) => {
      const some = [...found.values()].filter(which);
      return withoutEchoes([...new Map(some.map((each) => [JSON.stringify([each.code, each.message, each.source]), each])).values()]);
    },
    count: () => found.size,
    hasErrors: (which = () => true) => errors().some(which),
    reachRun: () => errors().some(({ reach }) => reach.kind === 'run'),
  };
}
