import { type Command, Option } from 'commander';
import type { RunOptions } from '../run-options.ts';
import { type Run, sharedOptions } from './command-line.ts';
import { addRenderOptions, renderOptions } from './render-options.ts';

/** What commander makes of the arguments; its names follow the options'. */
interface Given {
  readonly isolate?: boolean;
  readonly dryRun?: boolean;
  readonly diff?: 'short' | 'full';
  readonly check?: boolean;
  readonly watch?: boolean;
}

/** `espalier generate`. */
export function addGenerate(program: Command, run: Run): void {
  addRenderOptions(
    program
      .command('generate')
      .description('render intents/ and templates/ into clusters/')
      .option('--dry-run', 'write nothing')
      .addOption(
        new Option('--diff [extent]', 'show the changes by object and field; "full" cuts nothing')
          .choices(['short', 'full'])
          .preset('short'),
      )
      .addOption(new Option('--check', 'write nothing; exit 3 if clusters/ is out of date').conflicts('watch'))
      .option('--watch', 'run again after every edit, until Ctrl-C')
      .option('--isolate', 'let an error hold back only what it concerns, and write the rest'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: Given, command: Command) => {
      if (given.watch === true && sharedOptions(command).json) command.error("error: option '--watch' cannot be used with option '--json'");
      await run(async () => {
        const { isolate, diff } = given;
        const options = await renderOptions(command, {
          mode: modeOf(given),
          ...(isolate !== undefined && { isolate }),
          ...(diff !== undefined && { diff }),
        });
        return given.watch === true ? (await import('../watch.ts')).watch(options) : (await import('../generate.ts')).generate(options);
      });
    });
}

function modeOf({ check, dryRun }: Given): RunOptions['mode'] {
  return check === true ? 'compare' : dryRun === true ? 'preview' : 'write';
}

const EXAMPLES = `
Examples:
  espalier generate                            write clusters/
  espalier generate --dry-run --diff           show what would change, write nothing
  espalier generate --check                    in CI: exit 3 if clusters/ is out of date
  espalier generate --watch --dry-run --diff   preview while editing
  espalier generate --only retail/shop         one deployment
  espalier generate --only provider1+cluster1  one cluster
  espalier generate --isolate                  in CI: one team's mistake does not stop the others`;
