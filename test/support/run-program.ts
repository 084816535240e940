import { vi } from 'vitest';
import { runProgram } from '../../generator/commands/program.ts';
import type { JsonReport } from '../../generator/diagnostics/report/json.ts';

/** Runs the program in this process with `--json`: many runs are quick then. */
export async function runForReport(root: string, ...argv: readonly string[]): Promise<JsonReport> {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await runProgram(['--root', root, '--json', ...argv]);
  } finally {
    write.mockRestore();
  }
  return JSON.parse(text) as JsonReport;
}
