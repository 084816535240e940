/** Measures watch mode: from the moment an edit is saved to the end of its preview. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { type FleetSize, writeFleet } from './fleet.ts';
import { measureNode } from './measure.ts';

export type Edit = 'one' | 'three' | 'all' | 'nothing';

export const EDITS: Readonly<Record<Edit, string>> = {
  one: 'the image of one app on one cluster',
  three: 'the image of one app on three clusters',
  all: 'the image of one app on all clusters',
  nothing: 'a comment',
};

/** Seconds from save to the end of the preview, and CPU seconds of all threads meanwhile. */
export interface Latency {
  readonly median: number;
  readonly best: number;
  readonly cpu: number;
}

export interface WatchMeasured {
  readonly size: FleetSize;
  readonly edits: ReadonlyMap<Edit, Latency>;
}

export interface WatchRun {
  /** Folder for the fleet and the cache; emptied before and after. */
  readonly folder: string;
  /** Times each edit is saved. */
  readonly times: number;
  readonly tell: (text: string) => void;
}

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const DEPLOYMENT = 'intents/deployments/0.yaml';
const READY = 'watching ';

/** Writes the fleet and its tree, and measures each kind of edit on it. */
export async function measureWatch(size: FleetSize, { folder, times, tell }: WatchRun): Promise<WatchMeasured> {
  const root = join(folder, 'fleet');
  const cache = join(folder, 'cache');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFleet(root, size);
  await measureNode({ args: ['generate', '--root', root], cache });
  const text = await readFile(join(root, DEPLOYMENT), 'utf8');
  const program = startWatch(root, cache);
  const edits = new Map<Edit, Latency>();
  try {
    await program.ready();
    for (const edit of Object.keys(EDITS) as Edit[]) {
      const latencies: { wall: number; cpu: number }[] = [];
      // The first one of its kind warms the program up.
      for (let time = 0; time <= times; time++) {
        const before = cpuOf(program.child);
        const started = performance.now();
        const ready = program.ready();
        await writeFile(join(root, DEPLOYMENT), edited(text, edit, time));
        await ready;
        if (time > 0) latencies.push({ wall: (performance.now() - started) / 1000, cpu: cpuOf(program.child) - before });
      }
      const latency = summarise(latencies);
      edits.set(edit, latency);
      tell(`${EDITS[edit]}: ${ms(latency.median)} ms, at best ${ms(latency.best)} ms, CPU ${ms(latency.cpu)} ms`);
      const ready = program.ready();
      await writeFile(join(root, DEPLOYMENT), text);
      await ready;
    }
  } finally {
    program.child.kill('SIGINT');
    await program.ended;
  }
  await rm(folder, { recursive: true, force: true });
  return { size, edits };
}

function edited(text: string, edit: Edit, time: number): string {
  switch (edit) {
    case 'one':
      return customized(text, SOME.slice(0, 1), time);
    case 'three':
      return customized(text, SOME, time);
    case 'all':
      return replaced(text, `values: {tag: "1.0.${time + 1}"}`);
    case 'nothing':
      return `${text}# edit ${time}\n`;
    default:
      return edit satisfies never;
  }
}

const VALUES = 'values: {tag: "1.0.0"}';
const SOME = ['{provider: metro, cluster: site-1}', '{provider: region, cluster: site-2}', '{provider: hall, cluster: site-3}'];

function customized(text: string, clusters: readonly string[], time: number): string {
  const each = clusters.map((cluster) => `\n    - {clusters: ${cluster}, values: {tag: "1.1.${time}"}}`);
  return replaced(text, `${VALUES}\n    customize:${each.join('')}`);
}

function replaced(text: string, values: string): string {
  if (!text.includes(VALUES)) throw new Error(`${DEPLOYMENT} does not hold ${VALUES}`);
  return text.replace(VALUES, values);
}

function summarise(latencies: readonly { readonly wall: number; readonly cpu: number }[]): Latency {
  const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const walls = latencies.map(({ wall }) => wall);
  return { median: middle(walls), best: Math.min(...walls), cpu: middle(latencies.map(({ cpu }) => cpu)) };
}

export function ms(seconds: number): string {
  return (seconds * 1000).toFixed(0);
}

interface Program {
  readonly child: ChildProcess;
  /** Resolves when the next preview is told to its end. */
  readonly ready: () => Promise<void>;
  readonly ended: Promise<unknown>;
}

function startWatch(root: string, cache: string): Program {
  const child = spawn(process.execPath, [MAIN, 'generate', '--watch', '--dry-run', '--diff', '--root', root], {
    env: { ...process.env, ESPALIER_CACHE_DIR: cache, CI: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let listener: { readonly heard: () => void; readonly failed: (error: Error) => void } | undefined;
  child.stdout.resume();
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-4000);
    if (chunk.includes(READY)) listener?.heard();
  });
  const ended = new Promise((resolve) => {
    child.on('exit', (code) => {
      listener?.failed(new Error(`watch mode ended with ${String(code)}:\n${said}`));
      resolve(code);
    });
  });
  const ready = (): Promise<void> => new Promise((heard, failed) => (listener = { heard, failed }));
  return { child, ready, ended };
}

/** User and system time of a process and its threads, in seconds. Source: proc_pid_stat(5); a tick is 10 ms. 0 where there is no such file. */
function cpuOf({ pid }: ChildProcess): number {
  try {
    const fields =
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
