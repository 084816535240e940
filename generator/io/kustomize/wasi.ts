import { randomFillSync } from 'node:crypto';

const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const NOT_SUPPORTED = 52;
const EVENT_SIZE = 32;
const SUBSCRIPTION_SIZE = 48;
const CLOCK_EVENT = 0;
const CHARACTER_DEVICE = 2;
const LONGEST_SLEEP_MS = 100;
const KEPT_STDERR = 64 * 1024;

/** The engine ended itself: out of memory, stack overflow or another fault that Go cannot recover from. */
export interface EngineExit {
  readonly exitCode: number;
}

export interface Wasi {
  readonly imports: WebAssembly.Imports;
  /** What was written to stderr since the last call; at most 64 KiB of it. */
  takeStderr(): string;
}

/**
 * The system as the engine sees it: random numbers, a clock that counts from the start, a stderr.
 * No files, no arguments, no environment, no sockets: any other call answers "not supported".
 * @param memory asked anew on each call, because memory moves when it grows
 */
export function createWasi(module: WebAssembly.Module, memory: () => ArrayBuffer): Wasi {
  const stderr = collectStderr(memory);
  const supported: WebAssembly.Imports[string] = {
    ...emptyWorld(memory),
    ...time(memory),
    fd_write: stderr.write,
    random_get(at: number, length: number) {
      randomFillSync(new Uint8Array(memory(), at, length));
      return SUCCESS;
    },
    proc_exit(exitCode: number) {
      throw Object.assign(new Error(`The kustomize engine ended with code ${exitCode}`), { exitCode } satisfies EngineExit);
    },
  };
  const refuse = (): number => NOT_SUPPORTED;
  const names = WebAssembly.Module.imports(module).map(({ name }) => name);
  const system = Object.fromEntries(names.map((name) => [name, supported[name] ?? refuse]));
  return { imports: { wasi_snapshot_preview1: system }, takeStderr: stderr.take };
}

/** No arguments, no variables, no folders opened beforehand; stdin, stdout and stderr are devices. */
function emptyWorld(memory: () => ArrayBuffer): WebAssembly.Imports[string] {
  const counts = (count: number, size: number): number => {
    const view = new DataView(memory());
    view.setUint32(count, 0, true);
    view.setUint32(size, 0, true);
    return SUCCESS;
  };
  return {
    args_sizes_get: counts,
    environ_sizes_get: counts,
    args_get: () => SUCCESS,
    environ_get: () => SUCCESS,
    sched_yield: () => SUCCESS,
    fd_prestat_get: () => BAD_DESCRIPTOR,
    fd_fdstat_set_flags: () => SUCCESS,
    fd_fdstat_get(descriptor: number, at: number) {
      if (descriptor > 2) return BAD_DESCRIPTOR;
      new Uint8Array(memory(), at, 24).fill(0);
      new DataView(memory()).setUint8(at, CHARACTER_DEVICE);
      return SUCCESS;
    },
  };
}

/** Go's scheduler and collector need time to go on; kustomize itself never asks what time it is. */
function time(memory: () => ArrayBuffer): WebAssembly.Imports[string] {
  const now = (): bigint => BigInt(Math.round(performance.now() * 1e6));
  const pause = new Int32Array(new SharedArrayBuffer(4));
  return {
    clock_time_get(_clock: number, _precision: bigint, at: number) {
      new DataView(memory()).setBigUint64(at, now(), true);
      return SUCCESS;
    },
    // Sleeps until the first timer, then reports every subscription as done: whoever woke too early looks at the clock and sleeps again.
    poll_oneoff(subscriptions: number, events: number, count: number, countAt: number) {
      const view = new DataView(memory());
      let sleep = LONGEST_SLEEP_MS;
      for (let index = 0; index < count; index += 1) {
        const subscription = subscriptions + index * SUBSCRIPTION_SIZE;
        const event = events + index * EVENT_SIZE;
        const type = view.getUint8(subscription + 8);
        if (type === CLOCK_EVENT) {
          const timeout = view.getBigUint64(subscription + 24, true);
          const isAbsolute = (view.getUint16(subscription + 40, true) & 1) === 1;
          sleep = Math.min(sleep, Number(isAbsolute ? timeout - now() : timeout) / 1e6);
        }
        view.setBigUint64(event, view.getBigUint64(subscription, true), true);
        view.setUint16(event + 8, SUCCESS, true);
        view.setUint8(event + 10, type);
      }
      if (sleep > 0) Atomics.wait(pause, 0, 0, sleep);
      view.setUint32(countAt, count, true);
      return SUCCESS;
    },
  };
}

function collectStderr(memory: () => ArrayBuffer): {
  write: (descriptor: number, vectors: number, count: number, writtenAt: number) => number;
  take: () => string;
} {
  let text = '';
  return {
    // Whatever is written goes here: there is no other descriptor.
    write(_descriptor, vectors, count, writtenAt) {
      const view = new DataView(memory());
      let written = 0;
      for (let index = 0; index < count; index += 1) {
        const at = view.getUint32(vectors + index * 8, true);
        const length = view.getUint32(vectors + index * 8 + 4, true);
        if (text.length < KEPT_STDERR) text += Buffer.from(memory(), at, length).toString('utf8');
        written += length;
      }
      view.setUint32(writtenAt, written, true);
      return SUCCESS;
    },
    take() {
      const taken = text.slice(0, KEPT_STDERR);
      text = '';
      return taken;
    },
  };
}
