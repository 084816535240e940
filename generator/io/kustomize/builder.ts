import type { EngineAnswer, WasmEngine } from './wasm-engine.ts';

/** What one message to a worker asks: a tree of files and the folder of its root kustomization. */
export interface BuildTask {
  readonly files: ReadonlyMap<string, string>;
  readonly root: string;
}

/**
 * Builds on an engine that is started when first needed. One that broke is dropped, since its memory may be in any state, and the
 * build tried once more on a fresh one. A tree that breaks that one too is at fault itself; an engine that cannot start is ours (throws).
 */
export function createBuilder(start: () => WasmEngine): (task: BuildTask) => EngineAnswer {
  let engine: WasmEngine | undefined;
  const attempt = (request: string): EngineAnswer | Error => {
    engine ??= start();
    try {
      return engine('build', request);
    } catch (error) {
      engine = undefined;
      return error instanceof Error ? error : new Error(String(error));
    }
  };
  return ({ files, root }) => {
    const request = JSON.stringify({ root, files: Object.fromEntries(files) });
    let answer = attempt(request);
    if (answer instanceof Error) answer = attempt(request);
    return answer instanceof Error ? { ok: false, message: answer.message } : answer;
  };
}
