import type { Entry, Outcome } from '../../scaffold/import-report.ts';

const HEADINGS: readonly (readonly [Outcome, string])[] = [
  ['carried', 'Carried over:'],
  ['changed', 'Carried over, but not as it was:'],
  ['left', 'Not carried over:'],
  ['todo', 'To do:'],
];

/** What became of each document, for people: what needs them last. */
export function importedText(entries: readonly Entry[]): string {
  return HEADINGS.flatMap(([outcome, heading]) => {
    const own = entries.filter((entry) => entry.outcome === outcome);
    return own.length === 0 ? [] : [`${heading}\n${own.map(lineOf).join('')}`];
  }).join('\n');
}

function lineOf({ file, line, what, to, reason }: Entry): string {
  return `  ${file}:${line} ${what}${to === undefined ? '' : ` → ${to}`}${reason === undefined ? '' : `: ${reason}`}\n`;
}
