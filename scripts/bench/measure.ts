/** Runs programs in processes of their own and tells what they took. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** What one run took. Seconds and MiB. */
export interface Sample {
  readonly wall: number;
  /** Of all threads, in user and system mode. */
  readonly cpu: number;
  readonly peakMemory: number;
  /** Wall time by phase, in the order in which they began. */
  readonly phases: readonly (readonly [string, number])[];
}

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Loaded into the process before the program: listens for phases, and writes at its end what the system says of the process. */
const LISTENER = `
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
const phases = new Map([['start', 0]]);
let open = 'start';
let since = 0;
const end = () => {
  const now = performance.now();
  phases.set(open, (phases.get(open) ?? 0) + now - since);
  since = now;
};
subscribe('espalier:phase', (phase) => { end(); open = phase; });
process.on('exit', () => {
  end();
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env.ESPALIER_BENCH_REPORT, JSON.stringify({ phases: [...phases], maxRSS, cpu: userCPUTime + systemCPUTime }));
});
`;

interface Listened {
  /** Milliseconds. */
  readonly phases: readonly (readonly [string, number])[];
  /** KiB. */
  readonly maxRSS: number;
  /** Microseconds. */
  readonly cpu: number;
}

export interface NodeRun {
  readonly args: readonly string[];
  /** Folder of the build cache; none: the run goes without. */
  readonly cache?: string;
  /** Exit codes that are no failure. */
  readonly accept?: readonly number[];
  readonly script?: string;
}

/** Runs the built program (or a script that tsx reads) once. Throws what it wrote when it fails. */
export async function measureNode({ args, cache, accept = [0], script }: NodeRun): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), 'espalier-bench-report-'));
  try {
    const report = join(folder, 'report.json');
    const listener = `data:text/javascript,${encodeURIComponent(LISTENER)}`;
    const started = performance.now();
    const loaders = script === undefined ? [] : ['--import', 'tsx'];
    const { exitCode, all } = await execa(
      process.execPath,
      [...loaders, '--import', listener, script ?? MAIN, ...args, ...(cache === undefined && script === undefined ? ['--no-cache'] : [])],
      {
        env: { ESPALIER_BENCH_REPORT: report, ...(cache !== undefined && { ESPALIER_CACHE_DIR: cache }) },
        all: true,
        reject: false,
        stdin: 'ignore',
      },
    );
    const wall = (performance.now() - started) / 1000;
    if (exitCode === undefined || !accept.includes(exitCode))
      throw new Error(`${args.join(' ')} ended with ${String(exitCode)}:\n${all.slice(0, 4000)}`);
    const { phases, maxRSS, cpu } = JSON.parse(await readFile(report, 'utf8')) as Listened;
    return { wall, cpu: cpu / 1e6, peakMemory: maxRSS / 1024, phases: phases.map(([phase, ms]) => [phase, ms / 1000] as const) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The run in the middle by wall time; its other figures are the same run's. */
export function median(samples: readonly Sample[]): Sample {
  const middle = [...samples].sort((a, b) => a.wall - b.wall)[Math.floor((samples.length - 1) / 2)];
  if (!middle) throw new Error('nothing was measured');
  return middle;
}

/** Runs a shell loop and gives its wall and CPU seconds, those of all that it starts included. */
export async function measureShell(loop: string, args: readonly string[]): Promise<{ readonly wall: number; readonly cpu: number }> {
  const started = performance.now();
  const { stdout } = await execa('sh', ['-c', `${loop}\ntimes`, 'sh', ...args], { stdin: 'ignore', stderr: 'inherit' });
  const wall = (performance.now() - started) / 1000;
  return { wall, cpu: secondsIn(stdout) };
}

/** POSIX `times`: two lines of user and system time, the shell's own and its children's, such as `0m1.50s`. */
function secondsIn(text: string): number {
  const found = [...text.matchAll(/(\d+)m([\d.]+)s/g)].slice(-4);
  return found.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
