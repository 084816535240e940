import type { Command, CommanderError } from 'commander';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { humanReport } from '../../diagnostics/report/human.ts';
import { createTerminal } from '../../io/terminal.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { filesReport } from '../files-report.ts';

interface Refused {
  readonly program: Command;
  readonly error: Pick<CommanderError, 'code' | 'message'>;
}

/** Tells what is wrong with the arguments, in the form that was asked for. Gives the exit code. */
export function refuseArguments(argv: readonly string[], { program, error }: Refused): number {
  const isHelp = error.code === 'commander.help';
  const isJson = wantsJson(argv);
  // A group without its command has printed its help, which is an answer for people.
  if (isHelp && !isJson) return 1;
  const { problem, hint = `See ${nameOf(argv, program)} --help` } = isHelp ? { problem: 'it names no command' } : split(error.message);
  return refuse(argv, diagnose('bad-arguments', { problem, hint }, { reach: RUN }));
}

/** The same where commands cannot even begin. */
export function refuse(argv: readonly string[], finding: Diagnostic): number {
  const terminal = createTerminal({ color: !optionsOf(argv).includes('--no-color') });
  if (wantsJson(argv)) terminal.out(filesReport({ diagnostics: [finding] }));
  else terminal.err(humanReport([finding], { paint: terminal.errPaint, lines: new Map() }));
  return 1;
}

/** As far as it can be known before the arguments are understood. */
export function wantsJson(argv: readonly string[]): boolean {
  return optionsOf(argv).includes('--json');
}

function optionsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end < 0 ? argv : argv.slice(0, end);
}

/** The command that was meant, with its groups. */
function nameOf(argv: readonly string[], program: Command): string {
  const names = [program.name()];
  let command = program;
  for (const word of argv) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) continue;
    names.push(word);
    command = next;
  }
  return names.join(' ');
}

/** Commander's sentence, `error: unknown option '--foo'`, and after a line break what may have been meant. */
function split(message: string): { readonly problem: string; readonly hint?: string } {
  const [first = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const problem = first.replaceAll("'", '"').replace(/\.$/, '');
  return { problem, ...(suggestion !== undefined && { hint: suggestion.replace(/^\((.*)\)$/, '$1') }) };
}
