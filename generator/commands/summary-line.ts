import type { Summary } from '../diagnostics/report/json.ts';
import type { RunOptions } from './run-options.ts';

/** The last line of a run. */
export function summaryLine(summary: Summary, mode: RunOptions['mode'], hasPlan: boolean): string {
  const { created, updated, deleted, unchanged, held, instances, written, errors } = summary;
  const time = `in ${summary.seconds.toFixed(1)} s`;
  if (mode === 'check') return errors > 0 ? `checked ${time}` : `checked ${plural(instances, 'instance')}: no errors, ${time}`;
  if (!hasPlan) return `nothing written: ${plural(errors, 'error')} to correct, ${time}`;
  const figures = `${unchanged} unchanged, ${held} held`;
  if (written) return `created ${created}, updated ${updated}, deleted ${deleted}, unchanged ${unchanged}, held ${held} ${time}`;
  if (mode === 'write') return `nothing written ${time}`;
  const changes = `would create ${created}, update ${updated}, delete ${deleted} (${figures}) ${time}`;
  return mode === 'compare' && created + updated + deleted > 0 ? `clusters/ is out of date: ${changes}` : changes;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
