import { shellWord } from '../../lib/shell-word.ts';

/** A command line: the words of the command, then each option with its values. */
export interface Command {
  readonly words: readonly string[];
  readonly options: readonly (readonly [string, ...string[]])[];
}

/** For a POSIX shell, an option a line. */
export function shellText({ words, options }: Command): string {
  return [words, ...options].map((parts) => parts.map(shellWord).join(' ')).join(' \\\n  ');
}

/** Commands in Markdown. The fence is longer than any in the text: no address ends the block. */
export function shellBlock(...commands: readonly Command[]): string {
  const text = commands.map(shellText).join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
}
