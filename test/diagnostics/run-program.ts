import { execFile } from 'node:child_process';
import { humanReport } from '../../generator/diagnostics/report/human.ts';
import { plain } from '../../generator/diagnostics/report/paint.ts';
import { readLines } from '../../generator/io/read-lines.ts';
import type { Diagnostic } from '../../generator/model/diagnostic.ts';
import { PROGRAM } from '../support/program.ts';


interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs the program as people do, for commands other than `generate`; twice, because findings as values are in its JSON only. */
export async function runProgram(
  argv: readonly string[],
  root: string,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly text: string }> {
  // It says its findings and nothing else there, and has a server to ask: once is enough.
  const isApply = argv[0] === 'apply';
  const shown = isApply ? undefined : await start(argv, root);
  const { stdout, exitCode } = await start([...argv, '--json'], root);
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
  const stderr = shown?.stderr ?? humanReport(diagnostics, { paint: plain, lines: await readLines(root, diagnostics) });
  return { diagnostics, text: `${stderr.replaceAll(root, '<root>')}Exit code ${shown?.exitCode ?? exitCode}\n` };
}

async function start(argv: readonly string[], cwd: string): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const command = [...PROGRAM, ...argv];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd, env: { PATH, HOME, CI: 'true' } }, (_, stdout, stderr) =>
      resolve({ stdout, stderr, exitCode: child.exitCode ?? 2 }),
    );
  });
}
