import type { Command } from 'commander';
import { type Run, sharedOptions } from './command-line.ts';

/** `espalier init`. */
export function addInit(program: Command, run: Run): void {
  program
    .command('init')
    .description('set up a new repository in an empty folder')
    .argument('[folder]', 'the folder (default: --root)')
    .option('--dry-run', 'write nothing; show what would be written')
    .addHelpText(
      'after',
      '\nExamples:\n  espalier init fleet             in a new folder\n  espalier init                   here, in an empty folder\n  espalier init fleet --dry-run   shows every file',
    )
    .action(async (folder: string | undefined, { dryRun }: { readonly dryRun?: boolean }, command: Command) => {
      const shared = sharedOptions(command);
      const options = { ...shared, root: folder ?? shared.root, dryRun: dryRun ?? false };
      await run(async () => (await import('../init.ts')).init(options));
    });
}
