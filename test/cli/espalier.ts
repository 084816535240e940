import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAM } from '../support/program.ts';

const BASE = new URL('../diagnostics/_base/', import.meta.url).pathname;

/** What a run of the program came to. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs: what it said so far, and its end. */
export interface Started {
  readonly child: ChildProcess;
  /** Resolves when the text was said, on either stream, after what was awaited before. */
  readonly says: (text: string) => Promise<void>;
  /** The same for standard output alone, which nothing interrupts. */
  readonly shows: (text: string) => Promise<void>;
  readonly ended: Promise<Ended>;
}

/** A repository of its own for one test: the small fleet of the diagnostics' samples. */
export interface Fleet {
  readonly root: string;
  readonly read: (path: string) => string;
  /** Replaces a part of a file; fails if it is not there. */
  readonly edit: (path: string, change: { readonly from: string; readonly to: string }) => void;
  /** Paths and contents below clusters/, and whatever lies at the top. */
  readonly tree: () => ReadonlyMap<string, string>;
  readonly start: (...args: readonly string[]) => Started;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly remove: () => void;
}

/** Builds are shared between tests: what is tried here is the program around them. */
const CACHE = mkdtempSync(join(tmpdir(), 'espalier-cli-cache-'));
process.on('exit', () => rmSync(CACHE, { recursive: true, force: true }));

export interface FleetOptions {
  /** JavaScript that the program's process runs first. */
  readonly preload?: string;
  /** A program, and its arguments, that starts ours with the arguments that follow. */
  readonly launcher?: readonly string[];
}

export function createFleet({ preload, launcher = [] }: FleetOptions = {}): Fleet {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'espalier-cli-')));
  cpSync(BASE, root, { recursive: true });
  const start = (...args: readonly string[]): Started =>
    startProgram([...launcher, process.execPath, ...imports(preload), ...PROGRAM, ...args], root);
  return {
    root,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    edit(path, { from, to }) {
      const text = readFileSync(join(root, path), 'utf8');
      if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
      writeFileSync(join(root, path), text.replace(from, to));
    },
    tree: () => readTree(root),
    start,
    run: (...args) => start(...args).ended,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function imports(preload: string | undefined): readonly string[] {
  return preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
}

/** Without the settings of whoever runs the tests. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ESPALIER_CACHE_DIR: CACHE, CI: 'true' };
}

function startProgram([command = '', ...args]: readonly string[], root: string): Started {
  const child = spawn(command, args, {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '', all: '' };
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
      said.all += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (exitCode) => {
      for (const listener of listeners) listener();
      resolve({ exitCode, stdout: said.stdout, stderr: said.stderr });
    });
  });
  const heard = { stdout: 0, all: 0 };
  const wait = (where: 'stdout' | 'all', text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const listen = (): void => {
        const at = said[where].indexOf(text, heard[where]);
        if (at < 0 && child.exitCode === null && child.signalCode === null) return;
        listeners.delete(listen);
        if (at < 0) {
          reject(new Error(`ended without saying ${text}:\n${said.all}`));
          return;
        }
        heard[where] = at + text.length;
        resolve();
      };
      listeners.add(listen);
      listen();
    });
  return { child, says: (text) => wait('all', text), shows: (text) => wait('stdout', text), ended };
}

function readTree(root: string): ReadonlyMap<string, string> {
  const top = readdirSync(root).filter((name) => !['intents', 'templates', 'clusters'].includes(name));
  const entries = existsSync(join(root, 'clusters')) ? readdirSync(join(root, 'clusters'), { recursive: true, withFileTypes: true }) : [];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map([
    ...top.map((name) => [name, ''] as const),
    ...files.sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')] as const),
  ]);
}
