import type { Command } from 'commander';
import { type Run, sharedOptions } from './command-line.ts';

/** `espalier explain`. */
export function addExplain(program: Command, run: Run): void {
  program
    .command('explain')
    .argument('[code]', 'the code of an error or warning; without one, all are listed')
    .description('say more about an error or warning')
    .addHelpText('after', '\nExample:\n  espalier explain unknown-template')
    .action(async (code: string | undefined, _given: unknown, command: Command) => {
      await run(async () => {
        const [{ explain }, { createTerminal }] = await Promise.all([import('../explain.ts'), import('../../io/terminal.ts')]);
        const { json, color } = sharedOptions(command);
        return explain(code, { json, terminal: createTerminal({ color }) });
      });
    });
}
