import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addApply } from './cli/add-apply.ts';
import { addBootstrap } from './cli/add-bootstrap.ts';
import { addChart } from './cli/add-chart.ts';
import { addCheck } from './cli/add-check.ts';
import { addExplain } from './cli/add-explain.ts';
import { addFlux } from './cli/add-flux.ts';
import { addGenerate } from './cli/add-generate.ts';
import { addImport } from './cli/add-import.ts';
import { addInit } from './cli/add-init.ts';
import { addNew } from './cli/add-new.ts';
import { addSchemas } from './cli/add-schemas.ts';
import { refuse, refuseArguments, wantsJson } from './cli/refuse-arguments.ts';
import { type AddCommand, addSharedOptions, type Run } from './cli/command-line.ts';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';

/** Every command, in the order of the help. */
const COMMANDS: readonly AddCommand[] = [
  addInit,
  addNew,
  addGenerate,
  addCheck,
  addApply,
  addBootstrap,
  addExplain,
  addChart,
  addFlux,
  addImport,
  addSchemas,
];

/** Reads the command line and does what it says. Gives the exit code: 0 fine, 1 the intents or the arguments are wrong, 3 `--check` found changes. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = createProgram(wantsJson(argv), async (act) => {
    exitCode = await act();
  });
  try {
    await program.parseAsync(askedVersion(argv), { from: 'user' });
  } catch (error) {
    if (isFolderGone(error))
      return refuse(argv, diagnose('unreadable', { path: '.', reason: 'the working folder does not exist any more' }, { reach: RUN }));
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end with 0 and have printed what there is to say.
    return error.exitCode === 0 ? 0 : refuseArguments(argv, { program, error });
  }
  return exitCode;
}

/** What Node says when it is asked for the working folder. */
function isFolderGone(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd';
}

function createProgram(isJson: boolean, run: Run): Command {
  const program = addSharedOptions(new Command('espalier'))
    .description('Short intents in, complete GitOps trees out.')
    .version(readVersion(), '-V', 'print the version (also --version)')
    .helpOption('-h, --help', 'print help')
    .exitOverride()
    .configureOutput({ outputError: () => undefined, ...(isJson && { writeErr: () => undefined }) })
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLES);
  for (const add of COMMANDS) add(program, run);
  return program;
}

/** `--version` is the program's only where it comes first: commands have one of their own, and commander looks everywhere for the program's. */
function askedVersion(argv: readonly string[]): readonly string[] {
  return argv[0] === '--version' ? ['-V'] : argv;
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return version;
}

const EXAMPLES = `
Exit codes: 0 fine; 1 the intents (or the arguments) are wrong, and nothing was written; 2 Espalier itself failed; 3 --check found changes.

Examples:
  espalier generate                     write clusters/
  espalier generate --dry-run --diff    show what would change
  espalier check                        find every mistake`;
