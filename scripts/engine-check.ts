// Rebuilds the kustomize engine from engine/ and compares it byte for byte with the one that is committed.
// Without Go it says so and succeeds. With --write it replaces the committed one.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { execaSync } from 'execa';

const engine = fileURLToPath(new URL('../engine/', import.meta.url));
const packed = join(engine, 'kustomize.wasm.br');
const digestFile = join(engine, 'kustomize.wasm.sha256');

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hasGo(): boolean {
  return execaSync('go', ['version'], { reject: false }).exitCode === 0;
}

function rebuild(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-engine-'));
  try {
    execaSync(join(engine, 'build.sh'), [folder], { stdio: 'inherit' });
    return readFileSync(join(folder, 'kustomize.wasm'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes a minute or two. */
function write(wasm: Buffer): void {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
  };
  writeFileSync(packed, brotliCompressSync(wasm, { params }));
  writeFileSync(digestFile, `${sha256(wasm)}\n`);
}

/** What is wrong with the committed engine, or `undefined`. */
function findProblem(): string | undefined {
  const digest = readFileSync(digestFile, 'utf8').trim();
  const committed = sha256(brotliDecompressSync(readFileSync(packed)));
  if (committed !== digest) return `engine/kustomize.wasm.br holds ${committed}, but engine/kustomize.wasm.sha256 says ${digest}`;
  if (!hasGo()) {
    console.log('Go is not installed: the engine was not rebuilt, only its checksum was compared');
    return undefined;
  }
  const rebuilt = sha256(rebuild());
  if (rebuilt === digest) return undefined;
  return `engine/ builds to ${rebuilt}, but ${digest} is committed: run tsx scripts/engine-check.ts --write`;
}

if (argv.includes('--write')) write(rebuild());
const problem = findProblem();
if (problem !== undefined) {
  console.error(problem);
  exit(1);
}
console.log('The engine is what its source builds to');
