import type { Memory } from '../lib/memo.ts';
import { gate } from './gate.ts';

/** Decides again and again; where nothing that counts changed, the verdicts are the same object as before. */
export function createGate(memory: Memory): typeof gate {
  const verdicts = memory.memo<'all', ReturnType<typeof gate>>();
  return (request) => {
    const { intents, wanted, committed, uncommitted, history, scope, isolate, diagnostics, away, passing } = request;
    // Errors speak of documents, which are asked too then.
    const errors = isolate && diagnostics.some(({ severity }) => severity === 'error') ? [diagnostics, intents] : [];
    const clouds = intents.clouds.map(({ context }) => context);
    const inputs = [
      intents.clusters,
      ...clouds,
      wanted,
      committed,
      uncommitted,
      history,
      JSON.stringify(scope ?? null),
      isolate,
      away,
      passing,
      ...errors,
    ];
    return verdicts.get('all', inputs, () => gate(request));
  };
}
