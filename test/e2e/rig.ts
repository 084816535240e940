/** Building, starting and ending the rig: a real API server and Flux's real kustomize-controller on loopback (`rig/`). */
import { access, constants, mkdir, mkdtemp, readFile, readdir, realpath } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const SOURCES = fileURLToPath(new URL('rig/', import.meta.url));
const PORTS = 10;

export interface Rig {
  readonly bin: string;
  readonly kubeconfig: string;
  /** Address of the Git server; repositories are bare folders below `gitRoot`. */
  readonly gitUrl: string;
  readonly gitRoot: string;
  readonly auditLog: string;
}

/** The folder for built programs: outside the clone, one for each state of the Go sources. */
export async function rigCache(): Promise<string> {
  const hash = createHash('sha256');
  const sources = (await readdir(SOURCES, { recursive: true })).filter((path) => /(^|[/.])go(\.mod|\.sum)?$/.test(path));
  for (const path of sources.sort()) {
    hash.update(`${path}\n`).update(await readFile(join(SOURCES, path)));
  }
  const base = process.env['ESPALIER_RIG_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'espalier');
  return join(base, `rig-${hash.digest('hex').slice(0, 12)}`);
}

/** The program's path in the rig's folder or in PATH. */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = [join(await rigCache(), 'bin'), ...(process.env['PATH'] ?? '').split(delimiter)];
  for (const folder of folders) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Builds what is not there yet, telling about it. Parts: see `rig/build.sh`; none means all that the rig runs. */
export async function buildRig(parts: readonly string[] = []): Promise<void> {
  const cache = await rigCache();
  await mkdir(cache, { recursive: true });
  await execa(join(SOURCES, 'build.sh'), parts, { env: { RIG_CACHE: cache }, stdout: 'inherit', stderr: 'inherit' });
}

/** A folder for one run's state. What a killed run of an earlier day left behind is ended first. */
export async function reserveRun(): Promise<string> {
  const cache = await realpath(await rigCache());
  await endAbandoned(cache);
  return await mkdtemp(join(cache, `run-${process.pid}-`));
}

/** Starts the rig with Flux's lockdown flags, or an API server with its controllers only. Whatever happens, `stopRig(run)` ends it; while it starts, abort first. */
export async function startRig(run: string, cancelSignal: AbortSignal, only?: 'api'): Promise<Rig> {
  const cache = dirname(run);
  const port = await freePorts(PORTS);
  const settings = { RIG_CACHE: cache, RIG_RUN: run, RIG_PORT: String(port), RIG_LOCKDOWN: '1', ...(only && { RIG_ONLY: only }) };
  await execa(join(SOURCES, 'up.sh'), { env: settings, stderr: 'inherit', cancelSignal });
  const env = new Map((await readFile(join(run, 'env'), 'utf8')).split('\n').map((line) => line.split('=', 2) as [string, string]));
  return {
    bin: join(cache, 'bin'),
    kubeconfig: env.get('KUBECONFIG') ?? '',
    gitUrl: env.get('RIG_GIT') ?? '',
    gitRoot: env.get('RIG_GIT_ROOT') ?? '',
    auditLog: join(run, 'audit.jsonl'),
  };
}

export async function stopRig(run: string): Promise<void> {
  await execa(join(SOURCES, 'down.sh'), { env: { RIG_RUN: run } });
}

async function endAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = /^run-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await stopRig(join(cache, name));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** First of `count` consecutive ports of loopback that nobody listens on. */
async function freePorts(count: number): Promise<number> {
  for (let first = 20_000 + (process.pid % 1_000) * 10; first < 60_000; first += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no free ports on loopback');
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
