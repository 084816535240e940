import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { openPipeline } from '../../generator/commands/open-pipeline.ts';
import type { RunOptions } from '../../generator/commands/run-options.ts';
import { runOnce } from '../../generator/commands/run-once.ts';
import { humanReport } from '../../generator/diagnostics/report/human.ts';
import { plain } from '../../generator/diagnostics/report/paint.ts';
import { readLines } from '../../generator/io/read-lines.ts';
import type { Diagnostic } from '../../generator/model/diagnostic.ts';
import type { Kustomizer } from '../../generator/model/ports.ts';
import type { Pipeline } from '../../generator/model/run.ts';
import { createPipeline } from '../../generator/pipeline.ts';
import { runProgram } from './run-program.ts';

/** What Espalier says about a sample. */
export interface Shown {
  readonly diagnostics: readonly Diagnostic[];
  /** The report for people, without colours and without the place of the copy, and the exit code on the last line. */
  readonly text: string;
}

/** The folder of all samples. */
export const SAMPLES = import.meta.dirname;

/** `prepare.mjs` ends with this code where the file system cannot hold what the sample is about. */
const CANNOT_HERE = 77;

/** Runs Espalier on a copy of `_base` with the sample's files laid over it. `undefined`: this machine cannot show the sample. */
export async function runSample(code: string, kustomizer: Kustomizer): Promise<Shown | undefined> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'espalier-sample-')));
  const before = process.cwd();
  try {
    await cp(join(SAMPLES, '_base'), root, { recursive: true });
    await cp(join(SAMPLES, code), root, { recursive: true, filter: isInput });
    if (!(await prepare(join(SAMPLES, code, 'prepare.mjs'), root))) return undefined;
    // Paths among the arguments are relative to the sample, as they are for people.
    process.chdir(root);
    const argv = await readArguments(code);
    return argv[0] === 'generate' ? await show(root, toOptions(argv), kustomizer) : await runProgram(argv, root);
  } finally {
    process.chdir(before);
    await rm(root, { recursive: true, force: true });
  }
}

/** What belongs to the harness does not belong to the repository that is shown. */
function isInput(path: string): boolean {
  return !/\/(?:expected\.txt|also\.txt|arguments\.txt|prepare\.mjs)$/.test(path);
}

async function prepare(script: string, root: string): Promise<boolean> {
  if ((await readFile(script).catch(() => undefined)) === undefined) return true;
  try {
    await promisify(execFile)(process.execPath, [script], { cwd: root });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === CANNOT_HERE) return false;
    throw error;
  }
}

async function readArguments(code: string): Promise<readonly string[]> {
  const text = await readFile(join(SAMPLES, code, 'arguments.txt'), 'utf8').catch(() => 'generate --dry-run');
  return text.trim().split(/\s+/);
}

function toOptions(argv: readonly string[]): RunOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const many = { ...text, multiple: true } as const;
  const options = { 'dry-run': flag, isolate: flag, only: many, kustomize: text, checkout: many, 'without-checkout': many, seen: text };
  const { values } = parseArgs({ args: argv.slice(1), options });
  return {
    root: '.',
    only: values.only,
    checkouts: (values.checkout ?? []).map((text) => {
      const [name = '', folder = ''] = text.split('=');
      return { name, folder };
    }),
    withoutCheckouts: values['without-checkout'] ?? [],
    seen: values.seen,
    isolate: values.isolate ?? false,
    binding: 'late',
    mode: values['dry-run'] === true ? 'preview' : 'write',
    diff: undefined,
    output: 'human',
    annotations: false,
    color: false,
    cache: false,
    kustomize: values.kustomize,
  };
}

async function show(root: string, options: RunOptions, kustomizer: Kustomizer): Promise<Shown> {
  const { diagnostics, exitCode } = await run(options, kustomizer);
  const report = humanReport(diagnostics, { paint: plain, lines: await readLines(root, diagnostics) });
  return { diagnostics, text: `${report.replaceAll(root, '<root>')}Exit code ${exitCode}\n` };
}

/** As the command does it, but with one engine for all samples that name none. */
async function run(options: RunOptions, kustomizer: Kustomizer): Promise<{ diagnostics: readonly Diagnostic[]; exitCode: number }> {
  const opened: { value: Pipeline | undefined; diagnostics: readonly Diagnostic[] } =
    options.kustomize === undefined
      ? { value: createPipeline({ kustomizer }), diagnostics: [] }
      : await openPipeline(options, () => undefined);
  if (!opened.value) return { diagnostics: opened.diagnostics, exitCode: 1 };
  const finished = await runOnce(options, { pipeline: opened.value, signal: new AbortController().signal, paint: plain });
  if (!finished) throw new Error('a run without a signal was interrupted');
  return finished;
}
