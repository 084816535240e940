import { workerData } from 'node:worker_threads';
import { type EngineAnswer, startEngine, type WasmEngine } from './wasm-engine.ts';

/** What one message asks: a tree of files and the folder of its root kustomization. */
export interface BuildTask {
  readonly files: ReadonlyMap<string, string>;
  readonly root: string;
}

// Tinypool puts its own data before ours.
const [, module] = workerData as [unknown, WebAssembly.Module];
let engine: WasmEngine | undefined;

/** Builds one tree. An engine that broke is dropped, and the build tried once more on a fresh one. */
export function build(task: BuildTask): EngineAnswer {
  const request = JSON.stringify({ root: task.root, files: Object.fromEntries(task.files) });
  try {
    return ask(request);
  } catch {
    return ask(request);
  }
}

function ask(request: string): EngineAnswer {
  engine ??= startEngine(module);
  try {
    return engine('build', request);
  } catch (error) {
    engine = undefined;
    throw error;
  }
}
