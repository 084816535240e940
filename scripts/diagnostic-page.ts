/** One page of docs/diagnostics/ from a catalogue's entry and its sample. */

export interface PageInput {
  readonly code: string;
  readonly severity: string;
  readonly title: string;
  readonly explain: string;
  /** `undefined`: there is none yet. */
  readonly sample: PageSample | undefined;
}

export interface PageSample {
  /** The sample's own files, path to text. */
  readonly files: ReadonlyMap<string, string>;
  /** What no file can show, in a sentence. */
  readonly circumstance: string | undefined;
  /** What follows `espalier` on the command line. */
  readonly command: string;
  /** What Espalier says about the sample. */
  readonly expected: string;
}

const MOST_LINES = 60;

export function diagnosticPage({ code, severity, title, explain, sample }: PageInput): string {
  return [
    '<!-- Generated from the catalogue and its sample by `npm run codegen`. Do not edit. -->',
    `# ${title}`,
    '',
    `\`${code}\` (${severity})`,
    '',
    explain.trim(),
    '',
    ...(sample ? example(sample) : []),
  ].join('\n');
}

/** The sample's files stand over those of `_base`, which the page does not repeat. */
function example({ files, circumstance, command, expected }: PageSample): readonly string[] {
  const shown = [...files].flatMap(([path, text]) => [`\`${path}\`:`, '', fence(languageOf(path), text), '']);
  return [
    '## Example',
    '',
    ...(circumstance === undefined ? [] : [circumstance, '']),
    ...shown,
    `\`espalier ${command}\` says:`,
    '',
    fence('text', expected),
    '',
    'What else the example consists of: [`test/diagnostics/_base/`](../../test/diagnostics/_base/).',
    '',
  ];
}

export function diagnosticIndex(pages: readonly PageInput[]): string {
  const rows = pages.map((page) => `| [\`${page.code}\`](${page.code}.md) | ${page.severity} | ${page.title} |`);
  return [
    '<!-- Generated from the catalogue by `npm run codegen`. Do not edit. -->',
    '# Diagnostics',
    '',
    'Every message that Espalier has for a mistake in intents, templates or the tree. An error keeps the run from writing anything (with `--isolate`, from writing what it concerns); a warning does not.',
    '',
    '| code | severity | meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function fence(language: string, text: string): string {
  const lines = text.trimEnd().split('\n');
  const cut = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES / 2), '…', ...lines.slice(-MOST_LINES / 4)] : lines;
  const ticks = text.includes('```') ? '````' : '```';
  return `${ticks}${language}\n${cut.join('\n')}\n${ticks}`;
}

function languageOf(path: string): string {
  return /\.ya?ml(\.hbs)?$/.test(path) ? 'yaml' : 'text';
}
