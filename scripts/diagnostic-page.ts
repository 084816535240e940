/** One page of docs/diagnostics/ from a catalogue's entry and its sample. */

export interface PageInput {
  readonly code: string;
  readonly severity: string;
  readonly title: string;
  readonly explain: string;
  /** The sample's own files, path to text; short ones only. */
  readonly files: ReadonlyMap<string, string>;
  /** What Espalier says about the sample. */
  readonly expected: string | undefined;
}

export function diagnosticPage(input: PageInput): string {
  const example = [...input.files].map(([path, text]) => `\`${path}\`\n\n${fence(languageOf(path), text)}\n`);
  return [
    '<!-- Generated from the catalogue and its sample by `npm run codegen`. Do not edit. -->',
    `# ${input.title}`,
    '',
    `\`${input.code}\` (${input.severity})`,
    '',
    input.explain.trim(),
    '',
    ...(example.length > 0 ? ['## Example', '', ...example] : []),
    ...(input.expected === undefined ? [] : ['Espalier says:', '', fence('text', input.expected), '']),
  ].join('\n');
}

export function diagnosticIndex(pages: readonly PageInput[]): string {
  const rows = pages.map((page) => `| [\`${page.code}\`](${page.code}.md) | ${page.severity} | ${page.title} |`);
  return [
    '<!-- Generated from the catalogue by `npm run codegen`. Do not edit. -->',
    '# Diagnostics',
    '',
    'Every message that Espalier has for a mistake in intents, templates or the tree.',
    '',
    '| code | severity | meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function fence(language: string, text: string): string {
  const ticks = text.includes('```') ? '````' : '```';
  return `${ticks}${language}\n${text.trimEnd()}\n${ticks}`;
}

function languageOf(path: string): string {
  if (/\.ya?ml(\.hbs)?$/.test(path)) return 'yaml';
  return path.endsWith('.mjs') ? 'js' : 'text';
}
