import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import type { KubeObject } from '../../model/kube.ts';
import type { Kustomizer, KustomizeResult } from '../../model/ports.ts';
import { compileEngine, engineDigest } from './artefact.ts';
import type { BuildTask } from './builder.ts';
import { createLimit } from './limit.ts';
import { parseMarked } from './objects-text.ts';
import { checkTree, withoutTop } from './tree.ts';
import type { EngineAnswer } from './wasm-engine.ts';

const MOST_WORKERS = 4;
// The longest that a timer can wait. A worker costs a second to start, so none is ended before close().
const FOREVER_MS = 2 ** 31 - 1;
const LONGEST_BUILD_MS = 60_000;
// As in engine/files.go.
const TOP = '/espalier-tree';

/** Kustomize 5.8.1 as WebAssembly, in worker threads that start with the first build. Sees no disk, no network, no processes. */
export function createWasmKustomizer(options: { readonly workers?: number; readonly longestBuildMs?: number } = {}): Kustomizer {
  const workers = options.workers ?? Math.min(availableParallelism(), MOST_WORKERS);
  // Tinypool would take any number, but a build's time must not count while it waits.
  const limit = createLimit(workers);
  let pool: Promise<Tinypool> | undefined;
  return {
    version: `kustomize 5.8.1 wasm ${engineDigest()}`,
    async build(files, root) {
      checkTree(files, root);
      pool ??= startPool(workers);
      const started = await pool;
      return toResult(
        await limit(() => buildIn({ pool: started, task: { files, root }, longest: options.longestBuildMs ?? LONGEST_BUILD_MS })),
      );
    },
    async close() {
      const started = pool;
      pool = undefined;
      await (await started)?.destroy();
    },
  };
}

/** A build whose worker dies is tried once more, on another one: the machine may have been short of memory for a moment. */
async function buildIn(build: Build): Promise<EngineAnswer> {
  try {
    return await attempt(build);
  } catch {
    return attempt(build);
  }
}

interface Build {
  readonly pool: Tinypool;
  readonly task: BuildTask;
  readonly longest: number;
}

/** A build that takes too long costs its worker; the pool starts another. */
async function attempt({ pool, task, longest }: Build): Promise<EngineAnswer> {
  const signal = AbortSignal.timeout(longest);
  try {
    const running = pool.run(task, { signal });
    noticeEnds(pool);
    return (await running) as EngineAnswer;
  } catch (error) {
    if (signal.aborted) return { ok: false, message: `kustomize took longer than ${longest / 1000} s` };
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`A worker of the kustomize engine ended: ${reason}`, { cause: error });
  }
}

const noticed = new WeakSet<object>();

/** A worker may also end without an error, by itself or by the system; the pool would wait for its answer for ever. */
function noticeEnds(pool: Tinypool): void {
  for (const worker of pool.threads) {
    if (noticed.has(worker)) continue;
    noticed.add(worker);
    worker.on('exit', () => {
      if (pool.threads.includes(worker)) worker.emit('error', new Error('it ended without an answer'));
    });
  }
}

async function startPool(workers: number): Promise<Tinypool> {
  // The worker is TypeScript when this file is: in tests and under tsx.
  const extension = extname(fileURLToPath(import.meta.url));
  const pool = new Tinypool({
    filename: new URL(`./worker${extension}`, import.meta.url).href,
    name: 'build',
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: FOREVER_MS,
    execArgv: extension === '.ts' ? sourceLoader() : [],
    workerData: await compileEngine(),
  });
  // A worker that ends while it is idle is replaced by the next build.
  pool.on('error', () => undefined);
  return pool;
}

/** Lets a worker read TypeScript. `--import tsx` is not enough: on Node 20 it registers in the main thread only. */
function sourceLoader(): string[] {
  const program = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))}; register();`;
  return ['--import', `data:text/javascript,${encodeURIComponent(program)}`];
}

function toResult(answer: EngineAnswer): KustomizeResult {
  if (!answer.ok) return { ok: false, message: withoutTop(answer.message, TOP) };
  return { ok: true, objects: parseMarked(answer.text) as readonly KubeObject[] };
}
