import { expect, test } from 'vitest';
import { capMemory } from './memory-cap.ts';

// (module (memory (export "memory") 2))
const MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 2, 7, 10, 1, 6, 109, 101, 109, 111, 114, 121, 2, 0);

async function memoryOf(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Memory> {
  const { exports } = new WebAssembly.Instance(await WebAssembly.compile(bytes), {});
  return exports['memory'] as WebAssembly.Memory;
}

test('capMemory() lets a memory grow up to the maximum and no further', async () => {
  const memory = await memoryOf(capMemory(MODULE, 300 * 65_536));
  memory.grow(298);
  expect(memory.buffer.byteLength).toBe(300 * 65_536);
  expect(() => memory.grow(1)).toThrow(RangeError);
});

test('capMemory() never goes below what the module starts with', async () => {
  const memory = await memoryOf(capMemory(MODULE, 0));
  expect(memory.buffer.byteLength).toBe(2 * 65_536);
});
