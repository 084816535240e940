import { createWasi } from './wasi.ts';

/** What the engine answered: UTF-8 text, or the text of kustomize's or Go's complaint. */
export type EngineAnswer = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

export type EngineCall = 'build' | 'yamlToJson' | 'jsonToYaml';

/** One instance of the engine. Throws when the engine itself broke (a trap, out of memory): it must not be used again then. */
export type WasmEngine = (call: EngineCall, request: string) => EngineAnswer;

interface EngineExports extends Readonly<Record<EngineCall, () => number>> {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  alloc(length: number): number;
  outptr(): number;
}

/** Starts an instance. The first build of each costs about 1 s more than the next ones: kustomize parses its schemas once. */
export function startEngine(module: WebAssembly.Module): WasmEngine {
  const wasi = createWasi(module, () => engine.memory.buffer);
  // Our own module: engine/main.go has exactly these exports. Nothing runs, and so calls wasi, before _initialize().
  const engine = new WebAssembly.Instance(module, wasi.imports).exports as unknown as EngineExports;
  engine._initialize();
  return (call, request) => {
    wasi.takeStderr();
    try {
      return exchange(engine, call, request);
    } catch (error) {
      throw new Error(`The kustomize engine broke: ${String(error)}\n${wasi.takeStderr()}`, { cause: error });
    }
  };
}

function exchange(engine: EngineExports, call: EngineCall, request: string): EngineAnswer {
  const bytes = Buffer.from(request, 'utf8');
  const at = engine.alloc(bytes.length);
  // Memory may have moved: a new view after each call.
  new Uint8Array(engine.memory.buffer, at >>> 0, bytes.length).set(bytes);
  const length = engine[call]();
  const text = Buffer.from(engine.memory.buffer, engine.outptr() >>> 0, Math.abs(length)).toString('utf8');
  return length < 0 ? { ok: false, message: text.trimEnd() } : { ok: true, text };
}
