import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { publish } from '../../../generator/10-publish/publish.ts';
import { writeTree } from '../../../generator/io/write-tree.ts';
import { compareText } from '../../../generator/lib/order.ts';
import type { Change } from '../../../generator/model/change.ts';
import type { Pipeline, RunRequest, RunResult } from '../../../generator/model/run.ts';
import type { Texts } from '../../support/check-texts.ts';

/** Path to text, sorted by path. */
export type Tree = ReadonlyMap<string, string>;

/** A repository on disk, for one example of a property. */
export interface Workspace {
  readonly root: string;
  /** Replaces all of intents/ and templates/. */
  setInput(files: Texts): Promise<void>;
  /** Adds or replaces files anywhere. */
  add(files: Texts): Promise<void>;
  run(request?: Partial<RunRequest>): Promise<RunResult>;
  /** Runs, and publishes what may be written. */
  generate(request?: Partial<RunRequest>): Promise<RunResult>;
  /** Everything below a folder, `clusters` unless told otherwise. */
  tree(folder?: string): Promise<Tree>;
}

/** Does something in a folder of its own, which is removed afterwards. */
export async function inWorkspace<T>(pipeline: Pipeline, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'espalier-properties-'));
  try {
    return await work(createWorkspace(root, pipeline));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function createWorkspace(root: string, pipeline: Pipeline): Workspace {
  const add = (files: Texts): Promise<void> => writeFiles(root, files);
  const run = (request: Partial<RunRequest> = {}): Promise<RunResult> =>
    pipeline.run({ root, isolate: false, binding: 'late', ...request });
  return {
    root,
    add,
    run,
    async setInput(files) {
      for (const folder of ['intents', 'templates']) await rm(join(root, folder), { recursive: true, force: true });
      await add(files);
    },
    async generate(request) {
      const result = await run(request);
      if (!result.changeSet) return result;
      const written = await publish(result.changeSet, (changes) => writeTree(root, changes));
      if (written.value !== 'written') throw new Error(`not written: ${JSON.stringify(written.diagnostics)}`);
      return result;
    },
    tree: (folder = 'clusters') => readFiles(root, folder),
  };
}

async function writeFiles(root: string, files: Texts): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

async function readFiles(root: string, folder: string): Promise<Tree> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.startsWith('.git/'))
    .sort(compareText);
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)));
}

/** The tree with the changes made. */
export function applied(tree: Tree, changes: readonly Change[]): Tree {
  const files = new Map(tree);
  for (const { path, after } of changes) {
    if (after) files.set(path, new TextDecoder().decode(after));
    else files.delete(path);
  }
  return new Map([...files].sort(([a], [b]) => compareText(a, b)));
}

export function where(tree: Tree, isWanted: (path: string, text: string) => boolean): Tree {
  return new Map([...tree].filter(([path, text]) => isWanted(path, text)));
}

/** What is wrong, in short. */
export function errorsOf({ diagnostics }: RunResult): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`);
}
