const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
const PAGE_BYTES = 65_536;

/**
 * Gives a WebAssembly module's memory a maximum, in bytes, so that no input can make an instance grow further: growing fails then, and the
 * module's own allocator gives up. Go's linker sets none, and its memory limit is soft. (WebAssembly core specification, 5.5.8: section 5 is a
 * list of one memory; its limits are a flag byte, the minimum, and with flag 1 the maximum, in pages of 64 KiB.)
 */
export function capMemory(module: Uint8Array, maximum: number): Uint8Array<ArrayBuffer> {
  for (let at = HEADER_BYTES; at < module.length;) {
    const size = readInteger(module, at + 1);
    const end = size.next + size.value;
    if (module[at] === MEMORY_SECTION) {
      const minimum = readInteger(module, size.next + 2);
      const limits = [1, 1, ...writeInteger(minimum.value), ...writeInteger(Math.max(minimum.value, Math.floor(maximum / PAGE_BYTES)))];
      return Buffer.concat([
        module.subarray(0, at),
        Uint8Array.of(MEMORY_SECTION, ...writeInteger(limits.length), ...limits),
        module.subarray(end),
      ]);
    }
    at = end;
  }
  throw new Error('The module has no memory of its own');
}

/** An unsigned LEB128 integer. */
function readInteger(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let next = at, factor = 1; next < bytes.length; next++, factor *= 128) {
    const byte = bytes[next] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, next: next + 1 };
  }
  throw new Error('The module ends within an integer');
}

function writeInteger(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...writeInteger(Math.floor(value / 128))];
}
