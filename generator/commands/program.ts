import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import type { RunOptions } from './run-options.ts';

/** What commander makes of the arguments; its names follow the options'. */
interface Given {
  readonly root: string;
  readonly json?: boolean;
  readonly color: boolean;
  readonly annotations?: 'github';
  readonly cache: boolean;
  readonly kustomize?: string;
  readonly bind: 'late' | 'early';
  readonly only?: string;
  readonly isolate?: boolean;
  readonly dryRun?: boolean;
  readonly diff?: boolean;
  readonly check?: boolean;
  readonly watch?: boolean;
}

/** Reads the command line and does what it says. Gives the exit code: 0 fine, 1 the intents or the arguments are wrong, 3 `--check` found changes. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = createProgram(async (run) => {
    exitCode = await run();
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end with 0, wrong arguments with 1; commander has printed what there is to say.
    return error.exitCode;
  }
  return exitCode;
}

type Run = (run: () => Promise<number>) => Promise<void>;

function createProgram(run: Run): Command {
  const program = new Command('espalier')
    .description('Short intents in, complete GitOps trees out.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLES);
  addGenerate(program, run);
  addCheck(program, run);
  return program;
}

function addGenerate(program: Command, run: Run): void {
  common(program.command('generate'))
    .description('render intents/ and templates/ into clusters/')
    .option('--dry-run', 'write nothing')
    .option('--diff', 'show the changes by object and field')
    .addOption(new Option('--check', 'write nothing; exit 3 if clusters/ is out of date').conflicts('watch'))
    .addOption(new Option('--watch', 'run again after every edit, until Ctrl-C').conflicts('json'))
    .option('--only <name>', 'a deployment ([namespace/]name) or a cluster (provider+name or name); all else stays as it is')
    .option('--isolate', 'let an error hold back only what it concerns, and write the rest')
    .addHelpText('after', GENERATE_EXAMPLES)
    .action(async (given: Given) => {
      const mode = given.check === true ? 'compare' : given.dryRun === true ? 'preview' : 'write';
      await run(async () => {
        const options = await toOptions(given, mode);
        if (given.watch === true) return (await import('./watch.ts')).watch(options);
        return (await import('./generate.ts')).generate(options);
      });
    });
}

function addCheck(program: Command, run: Run): void {
  common(program.command('check'))
    .description('report every mistake, rendering included; write nothing')
    .action(async (given: Given) => {
      await run(async () => (await import('./generate.ts')).generate(await toOptions(given, 'check')));
    });
}

function common(command: Command): Command {
  return command
    .option('--root <folder>', 'the folder that holds intents/, templates/ and clusters/', '.')
    .addOption(new Option('--bind <when>', 'put values in after kustomize, or before it').choices(['late', 'early']).default('late'))
    .option('--no-cache', 'build everything anew')
    .option('--kustomize <path>', 'use this kustomize program instead of the built-in engine')
    .option('--json', 'print one JSON document')
    .option('--no-color', 'print without colours')
    .addOption(new Option('--annotations <format>', 'print annotations as well (default in GitHub Actions)').choices(['github']));
}

async function toOptions(given: Given, mode: RunOptions['mode']): Promise<RunOptions> {
  const { isGithubActions } = await import('../io/terminal.ts');
  return {
    root: given.root,
    only: given.only,
    isolate: given.isolate ?? false,
    binding: given.bind,
    mode,
    diff: given.diff ?? false,
    output: given.json === true ? 'json' : 'human',
    annotations: given.annotations === 'github' || isGithubActions(),
    color: given.color,
    cache: given.cache,
    kustomize: given.kustomize,
  };
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

const GENERATE_EXAMPLES = `
Examples:
  espalier generate                            write clusters/
  espalier generate --dry-run --diff           show what would change, write nothing
  espalier generate --check                    in CI: exit 3 if clusters/ is out of date
  espalier generate --watch --dry-run --diff   preview while editing
  espalier generate --only retail/shop         one deployment
  espalier generate --only provider1+cluster1  one cluster
  espalier generate --isolate                  in CI: one team's mistake does not stop the others`;
