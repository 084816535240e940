import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
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

/** Unpacks and compiles the engine that comes with the package; about 0.3 s. Workers share the module. */
export async function compileEngine(): Promise<WebAssembly.Module> {
  const packed = await readFile(new URL('kustomize.wasm.br', folder));
  return WebAssembly.compile(capMemory(await promisify(brotliDecompress)(packed), MOST_MEMORY));
}
