import { catalogue } from '../catalogue.ts';
import type { Entry } from '../entry.ts';
import type { Diagnostic, Related } from '../../model/diagnostic.ts';
import type { RepoPath, Source } from '../../model/source.ts';
import { frame } from './frame.ts';
import { inOrder } from './in-order.ts';
import type { Paint } from './paint.ts';
import { visible } from './visible.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface HumanOptions {
  readonly paint: Paint;
  /** Lines of the files that are spoken of, as far as they can be read. */
  readonly lines: ReadonlyMap<RepoPath, readonly string[]>;
}

interface Sight extends HumanOptions {
  readonly hide: ReturnType<typeof withoutSecrets>;
}

/** For a terminal: each finding with its place, the line in question, what to do, and where to read more; grouped by file, errors last. */
export function humanReport(diagnostics: readonly Diagnostic[], options: HumanOptions): string {
  const sight: Sight = { ...options, hide: withoutSecrets(diagnostics) };
  const blocks = gather(inOrder(diagnostics)).map(([first, rest]) => `${show(first, sight, rest).join('\n')}\n`);
  // What is told in a line each needs no count: the last line of a run has it.
  if (diagnostics.every(isBrief)) return blocks.join('');
  return `${blocks.join('\n')}\n${total(diagnostics, options.paint)}\n`;
}

/** Warnings of one code, such as one for each cluster, are one block: the first with all that there is to say, then the others in a line each. */
function gather(diagnostics: readonly Diagnostic[]): readonly (readonly [Diagnostic, readonly Diagnostic[]])[] {
  const gathered: (readonly [Diagnostic, Diagnostic[]])[] = [];
  for (const diagnostic of diagnostics) {
    const { code, severity } = diagnostic;
    const like = severity === 'warning' ? gathered.find(([first]) => first.code === code && first.severity === severity) : undefined;
    if (like) like[1].push(diagnostic);
    else gathered.push([diagnostic, []]);
  }
  return gathered;
}

const MOST_ALIKE = 8;

/** The others, each in a line, with what to do about it where that is not what the first says. */
function alike({ hint: known }: Diagnostic, rest: readonly Diagnostic[]): readonly string[] {
  const lines = rest.slice(0, MOST_ALIKE).map((one) => {
    const { message, hint } = one;
    const own = hint === undefined || hint === known ? '' : ` (help: ${visible(hint)})`;
    return `and ${headOf(one)}${visible(message)}${own}`;
  });
  return rest.length > MOST_ALIKE ? [...lines, `and ${rest.length - MOST_ALIKE} more`] : lines;
}

function isBrief({ code }: Diagnostic): boolean {
  const entries: Readonly<Record<string, Pick<Entry<never>, 'isBrief'>>> = catalogue;
  return entries[code]?.isBrief === true;
}

function briefly({ code, severity, message }: Diagnostic, paint: Paint): string {
  const colour = severity === 'error' ? paint.red : paint.yellow;
  return `${colour(severity)} ${paint.bold(code)}: ${visible(message)} ${paint.dim(`(espalier explain ${code})`)}`;
}

function show(first: Diagnostic, options: Sight, rest: readonly Diagnostic[]): readonly string[] {
  const { code, severity, message, hint, source, related = [] } = first;
  const { paint } = options;
  if (isBrief(first)) return [first, ...rest].map((one) => briefly(one, paint));
  const colour = severity === 'error' ? paint.red : paint.yellow;
  const gutter = Math.max(1, ...[source, ...related.map((one) => one.source)].map((place) => String(place?.line ?? 1).length));
  const margin = ' '.repeat(gutter);
  const others = alike(first, rest).map((line) => `${margin} ${paint.cyan('=')} ${line}`);
  const help = hint === undefined ? [] : [`${margin} ${paint.cyan('=')} ${paint.green('help')}: ${visible(hint)}`];
  // What holds for all comes last.
  const isShared = rest.every((other) => other.hint === hint);
  return [
    `${headOf(first, paint.bold)}${colour(severity)} ${paint.bold(code)}: ${visible(message)}`,
    ...(source ? frameOf(source, options, gutter) : []),
    ...related.flatMap((one) => [relatedTo(one, options, gutter), ...(related.length === 1 ? frameOf(one.source, options, gutter) : [])]),
    ...(isShared ? [...others, ...help] : [...help, ...others]),
    `${margin} ${paint.cyan('=')} ${paint.dim(`more: espalier explain ${code}`)}`,
  ];
}

/** Many places are listed; one alone is shown with its line. */
function relatedTo({ message, source }: Related, { paint }: Sight, gutter: number): string {
  return `${' '.repeat(gutter)} ${paint.cyan('=')} ${visible(message)}: ${placeOf(source)}`;
}

function frameOf(source: Source, { paint, lines, hide }: Sight, gutter: number): readonly string[] {
  const written = lines.get(source.file)?.[source.line - 1];
  return written === undefined ? [] : frame(source, hide(source.file, source.line, written), { paint, gutter });
}

/** The place with a colon, and the target in front where it is in another repository. */
function headOf({ source, target }: Diagnostic, paint: (text: string) => string = (text) => text): string {
  const places = [...(target === undefined ? [] : [visible(target)]), ...(source ? [placeOf(source)] : [])];
  return places.map((place) => `${paint(place)}: `).join('');
}

function placeOf({ file, line, column }: Source): string {
  return `${visible(file)}:${line}:${column}`;
}

function total(diagnostics: readonly Diagnostic[], paint: Paint): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [
    ...(errors > 0 ? [paint.red(plural(errors, 'error'))] : []),
    ...(warnings > 0 ? [paint.yellow(plural(warnings, 'warning'))] : []),
  ];
  return parts.join(', ');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
