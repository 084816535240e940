import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import type { KubeObject } from '../../model/kube.ts';
import type { Kustomizer, KustomizeResult } from '../../model/ports.ts';
import { compileEngine, engineDigest } from './artefact.ts';
import { parseMarked } from './objects-text.ts';
import type { EngineAnswer } from './wasm-engine.ts';
import type { BuildTask } from './worker.ts';

const MOST_WORKERS = 4;
// The longest that a timer can wait. A worker costs a second to start, so none is ended before close().
const FOREVER_MS = 2 ** 31 - 1;

/** Kustomize 5.8.1 as WebAssembly, in worker threads that start with the first build. Sees no disk, no network, no processes. */
export function createWasmKustomizer(options: { readonly workers?: number } = {}): Kustomizer {
  const workers = options.workers ?? Math.min(availableParallelism(), MOST_WORKERS);
  let pool: Promise<Tinypool> | undefined;
  return {
    version: `kustomize 5.8.1 wasm ${engineDigest()}`,
    async build(files, root) {
      pool ??= startPool(workers);
      const task: BuildTask = { files, root };
      return toResult((await (await pool).run(task)) as EngineAnswer);
    },
    async close() {
      const started = pool;
      pool = undefined;
      await (await started)?.destroy();
    },
  };
}

async function startPool(workers: number): Promise<Tinypool> {
  // The worker is TypeScript when this file is: in tests and under tsx.
  const extension = extname(fileURLToPath(import.meta.url));
  return new Tinypool({
    filename: new URL(`./worker${extension}`, import.meta.url).href,
    name: 'build',
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: FOREVER_MS,
    execArgv: extension === '.ts' ? sourceLoader() : [],
    workerData: await compileEngine(),
  });
}

/** Lets a worker read TypeScript. `--import tsx` is not enough: on Node 20 it registers in the main thread only. */
function sourceLoader(): string[] {
  const program = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))}; register();`;
  return ['--import', `data:text/javascript,${encodeURIComponent(program)}`];
}

function toResult(answer: EngineAnswer): KustomizeResult {
  return answer.ok ? { ok: true, objects: parseMarked(answer.text) as readonly KubeObject[] } : answer;
}
