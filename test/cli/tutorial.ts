/** One step of a tutorial: a command with what it shows, or a file to write or to change. */
export type Step =
  | { readonly kind: 'command'; readonly line: number; readonly command: string; readonly shown: readonly string[] }
  | { readonly kind: 'file'; readonly line: number; readonly path: string; readonly text: string }
  | { readonly kind: 'edit'; readonly line: number; readonly path: string; readonly from: string; readonly to: string };

interface Block {
  readonly language: string;
  /** Of the first line inside. */
  readonly line: number;
  readonly lines: readonly string[];
  /** The last code span of the paragraph before: the file that the block is about. */
  readonly about: string | undefined;
}

/**
 * Reads the fenced blocks of a page. `console`: lines after `$ ` are commands, the others what they show; `yaml`: the file that the
 * paragraph before names last; `diff`: a change to it. Other languages are not for tutorials: nobody would notice when they go stale.
 */
export function readTutorial(markdown: string): readonly Step[] {
  return blocksOf(markdown).flatMap((block) => {
    if (block.language === 'console') return commandsOf(block);
    const { about: path, line, lines } = block;
    if (!['yaml', 'diff'].includes(block.language))
      throw new Error(`line ${line}: a block in "${block.language}" is not tried by anything`);
    if (path === undefined) throw new Error(`line ${line}: the paragraph before names no file`);
    if (block.language === 'yaml') return [{ kind: 'file', line, path, text: lines.map((each) => `${each}\n`).join('') }];
    const side = (sign: string): string =>
      lines
        .filter((each) => each.startsWith(sign))
        .map((each) => `${each.slice(1)}\n`)
        .join('');
    return [{ kind: 'edit', line, path, from: side('-'), to: side('+') }];
  });
}

function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const language = /^```(\w*)$/.exec(lines[index] ?? '')?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', index + 1);
    if (end < 0) throw new Error(`line ${index + 1}: the block has no end`);
    const before = lines.slice(0, index).join('\n').trimEnd().split('\n\n').at(-1) ?? '';
    blocks.push({ language, line: index + 2, lines: lines.slice(index + 1, end), about: [...before.matchAll(/`([^`]+)`/g)].at(-1)?.[1] });
    index = end;
  }
  return blocks;
}

function commandsOf({ line, lines }: Block): readonly Step[] {
  const steps: { kind: 'command'; line: number; command: string; shown: string[] }[] = [];
  for (const [index, text] of lines.entries()) {
    if (text.startsWith('$ ')) steps.push({ kind: 'command', line: line + index, command: text.slice(2), shown: [] });
    else if (steps.length > 0) steps.at(-1)?.shown.push(text);
    else throw new Error(`line ${line + index}: output before any command`);
  }
  return steps;
}

/** Whether a text is as shown: a line `…` stands for any lines, and times may differ. */
export function isAsShown(text: string, shown: readonly string[]): boolean {
  const withoutTimes = (each: string): string => each.replaceAll(/in [0-9]+\.[0-9] s\b/g, 'in _ s');
  const pattern = shown.map((line) => (line === '…' ? '(?:.*\n)*?' : `${escapeRegExp(withoutTimes(line))}\n`)).join('');
  return new RegExp(`^${pattern}$`).test(withoutTimes(text));
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
