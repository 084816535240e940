import { catalogue } from '../diagnostics/catalogue.ts';
import type { Entry } from '../diagnostics/entry.ts';
import { visible } from '../diagnostics/report/visible.ts';
import type { Terminal } from '../io/terminal.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { sortBy } from '../lib/order.ts';

export interface Explaining {
  readonly json: boolean;
  readonly terminal: Pick<Terminal, 'out' | 'err' | 'outPaint'>;
}

type Page = Pick<Entry<never>, 'severity' | 'title' | 'explain'> & { readonly code: string };

/** Prints what the catalogue says about a code, or all codes. It is part of the program, so that it needs no network and is of the same version. */
export function explain(code: string | undefined, { json, terminal }: Explaining): number {
  const pages = sortBy(
    (Object.entries(catalogue) as readonly [string, Entry<never>][]).map(([name, { severity, title, explain: text }]): Page => {
      return { code: name, severity, title, explain: text };
    }),
    (page) => page.code,
  );
  if (code === undefined) {
    terminal.out(json ? print(pages) : list(pages));
    return 0;
  }
  const page = pages.find((one) => one.code === code);
  if (!page) {
    const near = nearestName(
      code,
      pages.map((one) => one.code),
    );
    const hint = near === undefined ? 'espalier explain lists all codes' : `did you mean ${near}?`;
    terminal.err(`error: there is no code "${visible(code)}": ${hint}\n`);
    return 1;
  }
  terminal.out(json ? print(page) : show(page, terminal));
  return 0;
}

function print(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function list(pages: readonly Page[]): string {
  const width = Math.max(...pages.map(({ code }) => code.length));
  return pages.map(({ code, severity, title }) => `${code.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`).join('');
}

const WIDTH = 100;

function show({ code, severity, title, explain: text }: Page, { outPaint }: Explaining['terminal']): string {
  return `${outPaint.bold(title)}\n${code} (${severity})\n\n${wrapped(withoutLinks(text.trim()))}\n`;
}

/** Pages are linked for those who read them in a browser; a terminal leads nowhere. */
function withoutLinks(text: string): string {
  return text.replace(/\[([^\]]+)\]\((?!https:)[^)]+\)/g, '$1').replace(/\[([^\]]+)\]\((https:[^)]+)\)/g, '$1 ($2)');
}

/** Paragraphs in lines that fit a terminal; examples as they are. */
function wrapped(text: string): string {
  const parts = text.split(/(```[^]*?```)/);
  return parts
    .map((part) =>
      part.startsWith('```') ? part.replace(/^```\w*\n|\n```$/g, '').replace(/^/gm, '    ') : part.split('\n').map(wrap).join('\n'),
    )
    .join('');
}

function wrap(line: string): string {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current].join('\n');
}
