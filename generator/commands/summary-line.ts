import type { Summary } from '../diagnostics/report/json.ts';
import { counted } from '../lib/words.ts';
import type { RunOptions } from './run-options.ts';

/** The last line of a run. All figures but those of errors, warnings and instances count files. */
export function summaryLine(summary: Summary, mode: RunOptions['mode'], hasPlan: boolean): string {
  const { created, updated, deleted, unchanged, held, outside, instances, written, errors } = summary;
  const time = `in ${summary.seconds.toFixed(1)} s`;
  const found = foundIn(summary);
  if (mode === 'check') return `checked${errors > 0 ? '' : ` ${counted(instances, 'instance')}`}: ${found || 'no errors'}, ${time}`;
  if (!hasPlan) return `nothing written: ${found || 'no plan'}, ${time}`;
  const ending = `${time}${found === '' ? '' : `: ${found}`}`;
  const left = outside > 0 ? `, outside ${outside}` : '';
  if (written) return `created ${created}, updated ${updated}, deleted ${deleted}, unchanged ${unchanged}, held ${held}${left} ${ending}`;
  if (mode === 'write') return `nothing written ${ending}`;
  const figures = `${unchanged} unchanged, ${held} held${outside > 0 ? `, ${outside} outside` : ''}`;
  const changes = `would create ${created}, update ${updated}, delete ${deleted} (${figures}) ${ending}`;
  return mode === 'compare' && created + updated + deleted > 0 ? `clusters/ is out of date: ${changes}` : changes;
}

/** Empty where nothing was found. */
function foundIn({ errors, warnings, elsewhere }: Summary): string {
  return [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [`${errors > 0 ? '' : 'no errors, '}${counted(warnings, 'warning')}`] : []),
    ...(elsewhere > 0 ? [`${counted(elsewhere, 'error')} elsewhere (espalier check shows ${elsewhere === 1 ? 'it' : 'them'})`] : []),
  ].join(', ');
}
