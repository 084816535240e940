import type { Command } from 'commander';
import { type Run, sharedOptions } from './command-line.ts';

/** `espalier schemas`. */
export function addSchemas(program: Command, run: Run): void {
  program
    .command('schemas')
    .description('renew .schemas/, from which editors complete intents, after an upgrade')
    .action(async (_given: unknown, command: Command) => {
      await run(async () => (await import('../schemas.ts')).writeSchemas(sharedOptions(command)));
    });
}
