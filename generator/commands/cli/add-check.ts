import type { Command } from 'commander';
import type { Run } from './command-line.ts';
import { addRenderOptions, renderOptions } from './render-options.ts';

/** `espalier check`. */
export function addCheck(program: Command, run: Run): void {
  addRenderOptions(program.command('check'))
    .description('report every mistake, rendering included; write nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (_given: unknown, command: Command) => {
      await run(async () => (await import('../generate.ts')).generate(await renderOptions(command, { mode: 'check' })));
    });
}

const EXAMPLES = `
Examples:
  espalier check                     every mistake of the fleet
  espalier check --only retail/shop  what concerns one deployment`;
