#!/usr/bin/env node
import { runProgram } from './commands/program.ts';
import { wasInterrupted } from './io/interrupt.ts';

const OUR_FAULT = 2;

/** Whatever is thrown is our own bug: users' mistakes are values. */
function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`espalier: this is a bug in Espalier: ${JSON.stringify(message)}\n`);
  if (process.env['ESPALIER_DEBUG'] === '1') process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : ''}\n`);
  else process.stderr.write('Nothing more was written. Run again with ESPALIER_DEBUG=1 to see where it happened, and please report it.\n');
  process.exit(OUR_FAULT);
}

/** A reader that has seen enough, such as head, is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') fail(error);
  process.exit();
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);

try {
  const exitCode = await runProgram(process.argv.slice(2));
  if (wasInterrupted()) process.exit(exitCode);
  process.exitCode = exitCode;
} catch (error) {
  fail(error);
}
