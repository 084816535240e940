import { workerData } from 'node:worker_threads';
import { createBuilder } from './builder.ts';
import { startEngine } from './wasm-engine.ts';

// Tinypool puts its own data before ours.
const [, module] = workerData as [unknown, WebAssembly.Module];

export const build = createBuilder(() => startEngine(module));
