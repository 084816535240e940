import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { brotliDecompress } from 'node:zlib';
import { capMemory } from './memory-cap.ts';

/** Many times what a large template takes. */
const MOST_MEMORY = 1 << 30;

// Three folders up is the package, from generator/io/kustomize/ and from dist/io/kustomize/ alike.
const folder = new URL('../../../engine/', import.meta.url);

/** SHA-256 of the uncompressed engine, in hex, as committed beside it. */
export function engineDigest(): string {
  return readFileSync(new URL('kustomize.wasm.sha256', folder), 'utf8').trim();
}

/**
 * V8 compiles functions that run often once more, optimised. By default it begins at once with thousands of them, and the first build pays for
 * it: two seconds of CPU. With this budget only what is really hot is compiled again, and a run of 400 builds is no slower for it. A flag that
 * later versions of Node may not know would be complained of, so that they keep their default.
 */
const TIERING = '--wasm-tiering-budget=300000000';
const NEWEST_NODE_TRIED = 24;

function calmCompiler(): void {
  if (Number.parseInt(process.versions.node, 10) <= NEWEST_NODE_TRIED) setFlagsFromString(TIERING);
}

/** Unpacks and compiles the engine that comes with the package; about 0.3 s. Workers share the module. */
export async function compileEngine(): Promise<WebAssembly.Module> {
  calmCompiler();
  const packed = await readFile(new URL('kustomize.wasm.br', folder));
  return WebAssembly.compile(capMemory(await promisify(brotliDecompress)(packed), MOST_MEMORY));
}
